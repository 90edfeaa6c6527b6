package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClipTokenizerTests {

    @Test
    void usesTheIdsOfTheGivenVocabulary() throws Exception {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(resource("/models/likeness/tiny-world/tokenizer"))) {
            long[] ids = tokenizer.encode("a photo of a bird");

            assertThat(ids).hasSize(77).startsWith(4512).endsWith(4513);
            assertThat(tokenizer.eos()).isEqualTo(4513);
            assertThat(tokenizer.tokens("a photo of a bird"))
                    .containsExactly("a</w>", "photo</w>", "of</w>", "a</w>", "bird</w>");
        }
    }

    @Test
    void padsWithThePadTokenOfTheConfiguration() throws Exception {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(resource("/goldens/tiny-sd2/model/tokenizer"))) {
            assertThat(tokenizer.encode("")).startsWith(1512, 1513, 0, 0).endsWith(0);
        }
    }

    @Test
    void tellsWholeTokensFromParts() throws Exception {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(resource("/goldens/clip-tokenizer"))) {
            assertThat(tokenizer.isSingleToken("sks")).isTrue();
            assertThat(tokenizer.isSingleToken("SKS")).isTrue();
            assertThat(tokenizer.isSingleToken("sksqx")).isFalse();
            assertThat(tokenizer.isSingleToken("sks dog")).isFalse();
            assertThat(tokenizer.isSingleToken("")).isFalse();
        }
    }

    @Test
    void cutsLongPromptsButKeepsTheEnd() throws Exception {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(resource("/goldens/clip-tokenizer"))) {
            String prompt = "dog ".repeat(100);

            assertThat(tokenizer.tokens(prompt)).hasSize(100);
            assertThat(tokenizer.encode(prompt)).hasSize(77).endsWith(1929, tokenizer.eos());
        }
    }

    @Test
    void namesTheMissingFile(@TempDir Path folder) {
        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("vocab.json");
    }

    @Test
    void refusesAVocabularyWithoutItsSpecialTokens(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
        Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");

        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vocab.json has no token <|startoftext|>");
    }

    /** transformers 5 writes neither vocab.json nor merges.txt. */
    @Test
    void readsATokenizerThatIsOneFile() throws Exception {
        JsonNode cases = JsonMapper.shared()
                .readTree(Files.readString(resource("/goldens/clip-tokenizer/cases.json")))
                .path("cases");
        try (ClipTokenizer two = ClipTokenizer.load(resource("/goldens/tiny-sd1/model/tokenizer"));
                ClipTokenizer one = ClipTokenizer.load(resource("/tokenizers/saved-by-transformers-5"));
                Identifiers identifiers = Identifiers.load(resource("/tokenizers/saved-by-transformers-5"))) {
            assertThat(cases).hasSize(518);
            for (JsonNode text : cases) {
                assertThat(one.encode(text.path("text").asString()))
                        .as(text.toString())
                        .isEqualTo(two.encode(text.path("text").asString()));
            }
            assertThat(one.vocabularySize()).isEqualTo(1514);
            assertThat(one.maxLength()).isEqualTo(77);
            assertThat(identifiers.suggest("bird", 1)).hasSize(1);
        }
    }

    @Test
    void findsTheTokensThatTheTokenizerBrings() throws Exception {
        Path folder = resource("/tokenizers/added-by-transformers-5");
        JsonNode reference =
                JsonMapper.shared().readTree(Files.readString(resource("/tokenizers/added-by-transformers-5.json")));
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder)) {
            assertSame(tokenizer, reference);
            assertThat(tokenizer.vocabularySize()).isEqualTo(1518);
        }
    }

    /** In the files where earlier versions of transformers write them. The ids may be unordered and have gaps. */
    @Test
    void findsThemInEveryFile(@TempDir Path folder) throws Exception {
        for (String file : new String[] {"vocab.json", "merges.txt", "special_tokens_map.json"}) {
            Files.copy(resource("/goldens/tiny-sd1/model/tokenizer/" + file), folder.resolve(file));
        }
        JsonNode reference =
                JsonMapper.shared().readTree(Files.readString(resource("/tokenizers/added-by-transformers-5.json")));

        Files.writeString(folder.resolve("added_tokens.json"), """
                {"zwx": 1517, "<Dog>": 1516, "<cat-toy>_1": 1515, "<cat-toy>": 1514, "<|endoftext|>": 1513}""");
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder)) {
            assertSame(tokenizer, reference);
        }
        Files.delete(folder.resolve("added_tokens.json"));
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"added_tokens_decoder": {
                  "1512": {"content": "<|startoftext|>", "special": true, "normalized": true},
                  "1514": {"content": "<cat-toy>", "normalized": true}, "1515": {"content": "<cat-toy>_1"},
                  "1516": {"content": "<Dog>", "lstrip": false, "special": false}, "1517": {"content": "zwx"}}}""");
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder)) {
            assertSame(tokenizer, reference);
        }
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"added_tokens_decoder": {"1600": {"content": "<far>"}, "1520": {"content": "<near>"}}}""");
        try (ClipTokenizer tokenizer = ClipTokenizer.load(folder, List.of("<mine>"))) {
            assertThat(tokenizer.ids("<far><near><mine>")).containsExactly(1600, 1520, 1601);
            assertThat(tokenizer.vocabularySize()).isEqualTo(1601);
        }
        assertThatThrownBy(() -> ClipTokenizer.load(folder, List.of("<FAR>")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<FAR> already");
    }

    @Test
    void standsForAllTheTokensOfAWord() throws Exception {
        try (ClipTokenizer tokenizer = ClipTokenizer.load(resource("/tokenizers/added-by-transformers-5"))) {
            assertThat(tokenizer.ids("<cat-toy>")).containsExactly(1514, 1515);
            assertThat(tokenizer.isNextRow(1514, 1515)).isTrue();
            assertThat(tokenizer.isNextRow(1515, 1514)).isFalse();
        }
    }

    @Test
    void refusesFilesThatContradictEachOther(@TempDir Path folder) throws Exception {
        for (String file : new String[] {"vocab.json", "merges.txt"}) {
            Files.copy(resource("/goldens/tiny-sd1/model/tokenizer/" + file), folder.resolve(file));
        }
        Files.writeString(folder.resolve("added_tokens.json"), "{\"<a>\": 1514}");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"added_tokens_decoder\": {\"1515\": {\"content\": \"<a>\"}}}");
        assertThatThrownBy(() -> ClipTokenizer.load(folder)).hasMessageContaining("<a> has the id 1514");
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"added_tokens_decoder\": {\"1514\": {\"content\": \"<b>\"}}}");
        assertThatThrownBy(() -> ClipTokenizer.load(folder)).hasMessageContaining("<a> has the id 1514");
        Files.writeString(folder.resolve("tokenizer_config.json"), "not json");
        assertThatThrownBy(() -> ClipTokenizer.load(folder)).hasMessageContaining("tokenizer_config.json");
    }

    @Test
    void refusesAnotherKindOfTokenizer(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Unigram\", \"vocab\": []}}");

        assertThatThrownBy(() -> ClipTokenizer.load(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Unigram");
    }

    /** Except for words of several tokens, which diffusers' pipelines expand before tokenizing. */
    private static void assertSame(ClipTokenizer tokenizer, JsonNode reference) {
        for (JsonNode text : reference.path("cases")) {
            String prompt = text.path("text").asString();
            long[] expected = text.path("ids")
                    .valueStream()
                    .mapToLong(JsonNode::asLong)
                    .flatMap(id -> id == 1514 ? LongStream.of(1514, 1515) : LongStream.of(id))
                    .toArray();
            assertThat(tokenizer.ids(prompt)).as(prompt).isEqualTo(expected);
        }
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ClipTokenizerTests.class.getResource(name))
                .toURI());
    }
}
