package dev.likeness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The project's prose avoids the words that its glossary avoids: {@code src/docs/glossary.md}. */
class PlainWordsTests {

    /** Files, and folders with all below them. A package of tests is added once its comments are plain. */
    private static final List<String> ROOTS = List.of(
            "README.md",
            "src/docs",
            "configs",
            "helm",
            "docker-compose.yml",
            "pom.xml",
            "src/main/resources/application.yml",
            "src/main/resources/application-demo.yml",
            "src/main/openapi",
            "src/main/resources/problems",
            "src/main/java",
            "src/main/resources/dev/likeness/app/report",
            "src/test/java/dev/likeness/app/artifact",
            "src/test/java/dev/likeness/app/chart",
            "src/test/java/dev/likeness/app/demo",
            "src/test/java/dev/likeness/app/generation",
            "src/test/java/dev/likeness/app/hub",
            "src/test/java/dev/likeness/app/job",
            "src/test/java/dev/likeness/app/memory",
            "src/test/java/dev/likeness/app/metrics",
            "src/test/java/dev/likeness/app/model",
            "src/test/java/dev/likeness/app/postgres",
            "src/test/java/dev/likeness/app/queue",
            "src/test/java/dev/likeness/app/report",
            "src/test/java/dev/likeness/app/score",
            "src/test/java/dev/likeness/app/security",
            "src/test/java/dev/likeness/app/subject",
            "src/test/java/dev/likeness/app/task",
            "src/test/java/dev/likeness/app/web/catalogue",
            "src/test/java/dev/likeness/app/web/generation",
            "src/test/java/dev/likeness/app/web/http",
            "src/test/java/dev/likeness/app/web/idempotency",
            "src/test/java/dev/likeness/app/web/openapi",
            "src/test/java/dev/likeness/app/web/problem",
            "src/test/java/dev/likeness/app/web/subject",
            "src/test/java/dev/likeness/app/webhook",
            "src/test/java/dev/likeness/app/worker",
            "src/test/java/dev/likeness/diffusion/adapter",
            "src/test/java/dev/likeness/diffusion/caption",
            "src/test/java/dev/likeness/diffusion/check",
            "src/test/java/dev/likeness/diffusion/data",
            "src/test/java/dev/likeness/diffusion/evaluation",
            "src/test/java/dev/likeness/diffusion/face",
            "src/test/java/dev/likeness/diffusion/families",
            "src/test/java/dev/likeness/diffusion/family",
            "src/test/java/dev/likeness/diffusion/golden",
            "src/test/java/dev/likeness/diffusion/graph",
            "src/test/java/dev/likeness/diffusion/inspection",
            "src/test/java/dev/likeness/diffusion/lora",
            "src/test/java/dev/likeness/diffusion/method",
            "src/test/java/dev/likeness/diffusion/pipeline",
            "src/test/java/dev/likeness/diffusion/plan",
            "src/test/java/dev/likeness/diffusion/schedule",
            "src/test/java/dev/likeness/diffusion/singlefile",
            "src/test/java/dev/likeness/diffusion/tensor",
            "src/test/java/dev/likeness/diffusion/text",
            "src/test/java/dev/likeness/diffusion/token",
            "src/test/java/dev/likeness/diffusion/training",
            "src/test/java/dev/likeness/diffusion/unet",
            "src/test/java/dev/likeness/diffusion/vae",
            "Dockerfile",
            ".ci/run");

    private final PlainWords words = PlainWords.ofGlossary();

    @ParameterizedTest
    @FieldSource("ROOTS")
    void avoid(String root) {
        assertThat(PlainWords.files(root)).isNotEmpty();
        assertThat(PlainWords.files(root)).flatExtracting(words::in).isEmpty();
    }

    @Test
    void areThoseOfTheGlossary() {
        assertThat(words.expressions())
                .contains("nobody", "takes the place of", "economies")
                .doesNotHaveDuplicates();
    }

    @Test
    void nameTheLineAndTheReplacement() {
        assertThat(words.in("a.md", "One.\n\nThis takes the\nplace of that."))
                .containsExactly("a.md:3: avoid \"takes the place of\", write replaces");
    }

    @Test
    void areRefusedWithoutATable() {
        assertThatThrownBy(() -> PlainWords.of("# Glossary\n")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlainWords.of("\n| avoid | write |\n|---|---|\n| nobody | no caller |\n"))
                .hasMessageContaining("nobody");
    }

    /** What counts as a sentence of each kind of file. */
    @Nested
    class Sentences {

        @ParameterizedTest
        @CsvSource(textBlock = """
            a.md,   'Nobody''s key.'
            a.md,   '| `x` | nobody |'
            a.yml,  'a: 1 # for\\n  # people'
            a.java, '/** That is\\n * none of it. */ class A {}'
            a.java, '// that is\\n// none\\nint a;'
            a.java, 'String a = "That is" + " none of it.";'
            a.java, 'String a = "That is"\\n        + " none of it.";'
            a.java, 'String a = "He said \\\\"no\\\\" to nobody.";'
            a.json, '{"description" : "For nobody."}'
            a.json, '{"description" : "That is\\\\nnone."}'
            """)
        void areChecked(String name, String text) {
            assertThat(words.in(name, text.replace("\\n", "\n").replace("\\\n", "\\n")))
                    .as(text)
                    .hasSize(1);
        }

        @ParameterizedTest
        @CsvSource(textBlock = """
            a.md,   'The field `economies`.'
            a.md,   '```\\nnobody\\n```'
            a.md,   'bodynobody'
            a.java, 'String nobody() { return x; }'
            a.java, 'String a = "/memory_plan/economies/0";'
            a.java, '/** The field {@code economies}. */'
            a.java, '/** @param towers of the model */'
            a.java, 'String a = "That is"; String b = "none of it.";'
            a.json, '{"economies" : {"type" : "array"}}'
            """)
        void areNotCode(String name, String text) {
            assertThat(words.in(name, text.replace("\\n", "\n"))).as(text).isEmpty();
        }
    }
}
