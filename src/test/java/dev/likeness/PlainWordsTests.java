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

    /** Files, and folders with all below them. */
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
            "src/main/resources/openapi",
            "src/main/resources/problems",
            "src/main/java",
            "src/main/resources/dev/likeness/app/report",
            "src/test/java",
            "src/test/resources/pictures",
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
            a.yml,  'towers: The towers.'
            a.java, '/** That is\\n * none of it. */ class A {}'
            a.java, '// that is\\n// none\\nint a;'
            a.java, 'String a = "That is" + " none of it.";'
            a.java, 'String a = "That is"\\n        + " none of it.";'
            a.java, 'String a = "He said \\\\"no\\\\" to nobody.";'
            a.java, 'void servesNobody() {}'
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
            a.yml,  'towers:\\n  - output_towers: The text encoders.'
            a.java, 'String nobody() { return x; }'
            a.java, 'String a = "/memory_plan/economies/0";'
            a.java, '/** The field {@code economies}. */'
            a.java, 'String a = "{\\"towers\\": 2, \\"steps\\": 3}";'
            a.java, '/** @param towers of the model */'
            a.java, 'String a = "That is"; String b = "none of it.";'
            a.json, '{"economies" : {"type" : "array"}}'
            """)
        void areNotCode(String name, String text) {
            assertThat(words.in(name, text.replace("\\n", "\n"))).as(text).isEmpty();
        }
    }
}
