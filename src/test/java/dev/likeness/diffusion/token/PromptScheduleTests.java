package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prompts that change, and prompts of several parts, compared with the parser of stable-diffusion-webui. */
class PromptScheduleTests {

    private static final JsonNode REFERENCE =
            JsonMapper.shared().readTree(Path.of("src/test/resources/prompts/schedules.json"));

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 33})
    void changesAsInStableDiffusionWebui(int steps) {
        for (Map.Entry<String, JsonNode> prompt :
                REFERENCE.path("schedules").path(Integer.toString(steps)).properties()) {
            PromptSchedule schedule = PromptSchedule.of(prompt.getKey());
            List<String> found = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int step = 1; step <= steps; step++) {
                found.add(schedule.at(step, steps));
                expected.add(prompt.getValue().get(step - 1).stringValue());
            }

            assertThat(found).as(prompt.getKey()).isEqualTo(expected);
            assertThat(ComposedPrompt.fault(prompt.getKey(), steps))
                    .as(prompt.getKey())
                    .isEmpty();
        }
    }

    @Test
    void splitsAndWeighsAsInStableDiffusionWebui() {
        for (Map.Entry<String, JsonNode> prompt : REFERENCE.path("composed").properties()) {
            List<List<Object>> found = ComposedPrompt.of(prompt.getKey()).parts().stream()
                    .map(part -> List.<Object>of(part.schedule().at(1, 10).strip(), part.weight()))
                    .toList();
            List<List<Object>> expected = new ArrayList<>();
            for (JsonNode part : prompt.getValue()) {
                String text = PromptSchedule.of(part.get(0).stringValue()).at(1, 10);
                expected.add(List.of(text.strip(), part.get(1).doubleValue()));
            }

            assertThat(found).as(prompt.getKey()).isEqualTo(expected);
        }
    }

    /** Without AND, stable-diffusion-webui reads a weight as well. Here such a prompt keeps the meaning that it always had. */
    @Test
    void readsNoWeightWithoutAnd() {
        ComposedPrompt.Part part = ComposedPrompt.of("a picture, 16:9").parts().get(0);

        assertThat(part.weight()).isEqualTo(1);
        assertThat(part.schedule().at(1, 1)).isEqualTo("a picture, 16:9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a A\\ND b", "a \\AND b", "(a AND b)", "[a AND b:c:3]", "LAND", "ANDY", "a and b"})
    void keepsAndAsAWordWhereItIsEscapedOrInBracketsOrPartOfAnother(String prompt) {
        assertThat(ComposedPrompt.of(prompt).parts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a [b:c:d]; 7; a schedule ends with a step",
                "a [b:c:]; 7; a schedule ends with a step",
                "a [b:c:d:3]; 8; a schedule has at most three parts",
                "a [b:c:1.5]; 7; 1.5 is neither a step nor a share",
                "a [b:-1]; 5; -1 is neither a step nor a share",
                "a [b:1.3]; 5; 1.3 is neither a step nor a share",
                "a [b:c:3; 2; the bracket is not closed",
                "a [b:c:3); 2; the bracket is not closed",
                "a [b|c; 2; the bracket is not closed",
                "a [b|c:3]; 2; the bracket has | and a step",
                "x [a:[b:c:x]:3]; 10; a schedule ends with a step",
                "\\[ [b:c:x]; 8; a schedule ends with a step",
                "a AND; 4; AND needs a prompt on both sides",
                "AND a; 0; AND needs a prompt on both sides",
                "a AND :1.2 AND b; 5; AND needs a prompt on both sides",
                "a (b AND c:1.2); 5; AND joins whole prompts",
                "a AND b [c:d:x]; 13; a schedule ends with a step"
            })
    void saysWhereASyntaxErrorIs(String prompt, int position, String reason) {
        assertThat(ComposedPrompt.fault(prompt, 10)).get().satisfies(fault -> {
            assertThat(fault.position()).isEqualTo(position);
            assertThat(fault.reason()).startsWith(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a :) (b",
                "[a",
                "a]",
                "[style: oil]",
                "16:9",
                "[a|b: c]",
                "(x:1.3) [y]",
                "\\[a:b:c\\]",
                "a \\",
                "[a:b\\:c:3]",
                "[a:b:12]",
                "((a][:b:c [d:3]",
                "[a:b:0.0]"
            })
    void acceptsTextThatLooksLikeNoSchedule(String prompt) {
        assertThat(ComposedPrompt.fault(prompt, 10)).isEmpty();
    }

    @Test
    void limitsPartsAndTexts() {
        String parts = "a AND ".repeat(ComposedPrompt.MOST_PARTS - 1) + "a";
        String primes = "[a|b][a|b|c][a|b|c|d|e]";

        assertThat(ComposedPrompt.fault(parts, 10)).isEmpty();
        assertThat(ComposedPrompt.fault(parts + " AND a", 10)).isPresent();
        assertThat(ComposedPrompt.fault(primes, 30)).isEmpty();
        assertThat(ComposedPrompt.fault(primes + "[a|b|c|d|e|f|g]", 30)).isEmpty();
        assertThat(ComposedPrompt.fault(primes + "[a|b|c|d|e|f|g]", 65))
                .get()
                .satisfies(fault -> assertThat(fault.reason()).contains("more than 64"));
        assertThat(ComposedPrompt.fault("[a|b|c|d|e|f|g] [a|b|c|d|e] AND x [a|b|c|d|e|f|g] [a|b|c|d|e]", 1000))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a photo of a (red:1.3) dog; a photo of a (red:1.3) dog",
                "a [cat:dog:0.5] [at night:20]; a dog",
                "a [cat|dog|] here; a cat dog here",
                "a cat :1.2 AND a [red|blue] dog AND blurry :-1; a cat, a red blue dog"
            })
    void findsTheWordsForScores(String prompt, String words) {
        assertThat(ComposedPrompt.of(prompt).words(10).strip()).isEqualTo(words);
    }

    /** A text in place of a variable forms no syntax, also not with its neighbours. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "a {class}; x AND y", "a {class}; [b|c]", "a {class}; [b:c:3]", "[a:{class}]; 3", "[a:{class}:2]; b:c",
                        "[a|{class}]; b|c",
                "[a:b{class}]; :3", "a A{class} b; ND", "a AND b:{class}; 2", "a AND b {class}; :2", "a {class} b; AND",
                        "a [b:1{class}]; .5"
            })
    void readsTheTextOfAVariableLiterally(String prompt, String text) {
        String filled = PromptSyntax.fill(prompt, Map.of("{class}", text));
        String plain = PromptSyntax.fill(prompt, Map.of("{class}", "xyz"));
        ComposedPrompt found = ComposedPrompt.of(filled);
        ComposedPrompt expected = ComposedPrompt.of(plain);

        assertThat(found.parts()).hasSameSizeAs(expected.parts());
        for (int part = 0; part < found.parts().size(); part++) {
            assertThat(found.parts().get(part).weight())
                    .isEqualTo(expected.parts().get(part).weight());
            for (int step = 1; step <= 4; step++) {
                assertThat(PromptSyntax.text(found.parts().get(part).schedule().at(step, 4)))
                        .as(filled)
                        .isEqualTo(PromptSyntax.text(
                                        expected.parts().get(part).schedule().at(step, 4))
                                .replace("xyz", text));
            }
        }
    }
}
