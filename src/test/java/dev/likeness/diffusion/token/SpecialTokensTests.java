package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Special tokens within the vocabulary, and invalid ids and lengths in tokenizer files. */
class SpecialTokensTests {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path MODELS = RESOURCES.resolve("goldens");

    @TempDir
    Path temp;

    @TestFactory
    Stream<DynamicTest> givesTheIdsOfTransformers() throws IOException {
        JsonNode reference =
                JsonMapper.shared().readTree(Files.readString(RESOURCES.resolve("tokenizers/special-tokens.json")));
        assertThat(reference.path("folders")).hasSize(13);
        return reference.path("folders").valueStream().map(folder -> {
            String name = folder.path("name").asString();
            return DynamicTest.dynamicTest(name, () -> check(folder, temp.resolve(name)));
        });
    }

    private static void check(JsonNode reference, Path folder) throws IOException {
        vocabulary(folder);
        for (var file : reference.path("files").properties()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
        }
        assertThat(reference.path("cases").size()).isGreaterThan(5);
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder)) {
            for (JsonNode text : reference.path("cases")) {
                long[] ids = text.path("ids")
                        .valueStream()
                        .mapToLong(JsonNode::asLong)
                        .toArray();
                assertThat(tokenizer.ids(text.path("text").asString()))
                        .as(text.toString())
                        .isEqualTo(ids);
            }
            assertThat(tokenizer.encode("")).endsWith(reference.path("pad").asLong());
        }
    }

    @Test
    void leavesOtherTextEncodersAlone() throws IOException {
        try (ClipTokenizer first = ClipTokenizer.load(MODELS.resolve("tiny-sdxl/model/tokenizer"));
                ClipTokenizer second = ClipTokenizer.load(MODELS.resolve("tiny-sdxl/model/tokenizer_2"));
                ClipTokenizer vocabulary =
                        ClipTokenizer.loadVocabulary(MODELS.resolve("tiny-sdxl/model/tokenizer_2"))) {
            assertThat(first.ids("a dog!")).containsExactly(320, 639, 326, 256);
            assertThat(second.ids("a dog!")).containsExactly(320, 639, 326, 0);
            assertThat(vocabulary.ids("a dog!")).containsExactly(320, 639, 326, 256);
        }
    }

    @Test
    void addsNoTokenThatTheVocabularyHas() throws IOException {
        Path folder = MODELS.resolve("tiny-sd2/model/tokenizer");

        assertThatThrownBy(() -> ClipTokenizer.load(folder, List.of("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the tokenizer has a token x already");
        try (Identifiers identifiers = Identifiers.load(folder)) {
            assertThat(identifiers.newTokenRefusal(List.of("<x>", "x"))).contains("token");
            assertThat(identifiers.newTokenRefusal(List.of("<x>", "<x>_1"))).isNull();
        }
    }

    @Test
    void refusesAnIdThatTheVocabularyContradicts() throws IOException {
        Path folder = vocabulary(temp);
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"added_tokens_decoder\": {\"7\": {\"content\": \"!\"}}}");

        assertThatThrownBy(() -> TokenizerFiles.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("tokenizer_config.json", "the added token ! has the id 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "-1", "2.9", "-1e30", "\"77\"", "[]"})
    void refusesALengthThatLeavesNoRoom(String length) throws IOException {
        Path folder = vocabulary(temp);
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": %s}".formatted(length));

        assertThatThrownBy(() -> TokenizerFiles.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("tokenizer_config.json: model_max_length is", "at least 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "77", "1e30", "null"})
    void takesEveryOtherLength(String length) throws IOException {
        Path folder = vocabulary(temp);
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": %s}".formatted(length));

        assertThat(TokenizerFiles.read(folder).maxLength()).isEqualTo(length.equals("3") ? 3 : 77);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"<|startoftext|>\": 0, \"<|endoftext|>\": 2}",
                "{\"<|startoftext|>\": 1, \"<|endoftext|>\": 2}",
                "{\"<|startoftext|>\": 0, \"<|endoftext|>\": 0}",
                "{\"<|startoftext|>\": 0, \"<|endoftext|>\": 2147483647}"
            })
    void refusesIdsThatAreNotInARow(String vocabulary) throws IOException {
        Files.writeString(temp.resolve("vocab.json"), vocabulary);
        Files.writeString(temp.resolve("merges.txt"), "");

        assertThatThrownBy(() -> TokenizerFiles.read(temp))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("no token of the tokenizer's vocabulary has the id", "its 2 tokens");
    }

    /** A vocabulary that added tokens extend, including start and end. */
    @Test
    void takesAddedTokensThatExtendTheVocabulary() throws IOException {
        Files.writeString(temp.resolve("vocab.json"), "{\"a</w>\": 0, \"a\": 1}");
        Files.writeString(temp.resolve("merges.txt"), "");
        Files.writeString(
                temp.resolve("added_tokens.json"), "{\"<|endoftext|>\": 3, \"<|startoftext|>\": 2, \"<b>\": 4}");

        TokenizerFiles.read(temp).requireWhole();
        try (ClipTokenizer tokenizer = ClipTokenizer.load(temp)) {
            assertThat(tokenizer.ids("a <b><|endoftext|>")).containsExactly(0, 4, 3);
            assertThat(tokenizer.vocabularySize()).isEqualTo(5);
        }
    }

    private static Path vocabulary(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String file : List.of("vocab.json", "merges.txt")) {
            Files.copy(MODELS.resolve("tiny-sd2/model/tokenizer").resolve(file), folder.resolve(file));
        }
        return folder;
    }
}
