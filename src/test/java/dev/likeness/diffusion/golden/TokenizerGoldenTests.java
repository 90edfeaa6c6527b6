package dev.likeness.diffusion.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.diffusion.token.ClipTokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every string of the lists has its own test, displayed as {@code clip-tokenizer/cases.17}. */
class TokenizerGoldenTests {

    @TestFactory
    Stream<DynamicTest> strings() throws IOException {
        return tests(GoldenCases.find("clip-tokenizer", "cases"), List.of());
    }

    @TestFactory
    Stream<DynamicTest> stringsWithAddedTokens() throws IOException {
        GoldenCase golden = GoldenCases.find("clip-tokenizer", "added_cases");
        return tests(
                golden,
                elements(golden.settings().required("added_tokens"))
                        .map(JsonNode::stringValue)
                        .toList());
    }

    private static Stream<DynamicTest> tests(GoldenCase golden, List<String> added) throws IOException {
        ClipTokenizer tokenizer = ClipTokenizer.load(golden.folder(), added);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode string : golden.settings().required(golden.name())) {
            String name = golden.id() + "." + tests.size();
            tests.add(DynamicTest.dynamicTest(name, () -> check(tokenizer, string)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream().onClose(tokenizer::close);
    }

    private static void check(ClipTokenizer tokenizer, JsonNode string) {
        String text = string.required("text").stringValue();
        long[] expected =
                elements(string.required("ids")).mapToLong(JsonNode::longValue).toArray();

        assertThat(tokenizer.encode(text)).as(text).isEqualTo(expected);
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
