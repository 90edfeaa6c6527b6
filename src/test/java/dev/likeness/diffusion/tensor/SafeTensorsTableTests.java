package dev.likeness.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Accepted and refused files, compared with the reference library's results; cases.json names its version. */
class SafeTensorsTableTests {

    private static final JsonNode CASES = ModelConfig.tree(Path.of("src/test/resources/safetensors/cases.json"))
            .path("cases");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void acceptsAndRefusesWhatTheReferenceLibraryDoes(String name, JsonNode expected) throws IOException {
        Path file = write(expected);
        if (expected.path("verdict").asString().equals("accepted")) {
            SafeTensors opened = SafeTensors.open(file);
            assertThat(opened.entries().keySet())
                    .containsExactlyInAnyOrderElementsOf(expected.path("keys")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
            opened.entries()
                    .forEach((key, entry) -> assertThat(entry.shape())
                            .isEqualTo(expected.path("shapes")
                                    .path(key)
                                    .valueStream()
                                    .mapToLong(JsonNode::asLong)
                                    .toArray()));
        } else {
            assertThatExceptionOfType(InvalidModelException.class)
                    .isThrownBy(() -> SafeTensors.open(file))
                    .withMessageStartingWith("case.safetensors")
                    .withMessageNotContaining(folder.toString());
        }
    }

    /** The fault and its position. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gap between|tensor b does not fit the file: it begins at byte 8 of the data, where the tensors before it end at 4: there is a gap",
                "overlap|tensor b does not fit the file: it begins at byte 4 of the data, where the tensors before it end at 8: there is an overlap",
                "key twice, other ranges|tensor a does not fit the file: it begins at byte 4 of the data, where the tensors before it end at 0: there is a gap; the header repeats: a",
                "metadata holds a number|__metadata__: k is 7, not a text",
                "metadata holds a list|__metadata__: k is a list, not a text",
                "metadata twice|__metadata__ appears twice",
                "bytes at the end|its tensors end at byte 4 of the data, but 1 more bytes follow",
                "cut short|tensor a does not fit the file: it ends at byte 4 of the data, which has 3",
                "invalid utf-8|its header is not UTF-8 from byte 2",
                "shape and size differ|F32 of [2] takes 8 bytes, but its data_offsets 0 and 4 span 4",
                "offset negative|data_offsets has -4 instead of a whole number, at least 0",
                "type F128 of 1|tensor a has type F128",
                "metadata holds the other half|its header has a text with half a surrogate pair, at index 1",
                "ignored field, half a surrogate pair in a name|its header has a name with half a surrogate pair, at index 0",
                "ignored field, number out of range|its header contains the number 1e400, which is out of range",
                "ignored field, lists in lists without an end|nests lists and objects more than 127 deep",
                "header longer than the file|it claims a header of 100 bytes, but has only 2",
                "header too large|it claims a header of 100000001 bytes, of which at most 100000000 are read",
                "header of the largest length|it claims a header of 18446744073709551615 bytes",
            })
    void saysWhatIsWrongAndWhere(String name, String message) throws IOException {
        Path file = write(CASES.valueStream()
                .filter(it -> it.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow());

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SafeTensors.open(file))
                .withMessageContaining(message);
    }

    @Test
    void holdsCasesOfBothKinds() {
        assertThat(CASES.valueStream()
                        .filter(it -> it.path("verdict").asString().equals("accepted")))
                .hasSize(58);
        assertThat(CASES.valueStream()
                        .filter(it -> it.path("verdict").asString().equals("refused")))
                .hasSize(111);
    }

    static Stream<Arguments> cases() {
        return CASES.valueStream().map(it -> Arguments.of(it.path("name").asString(), it));
    }

    private Path write(JsonNode expected) throws IOException {
        return Files.write(
                folder.resolve("case.safetensors"),
                Base64.getDecoder().decode(expected.path("file").asString()));
    }
}
