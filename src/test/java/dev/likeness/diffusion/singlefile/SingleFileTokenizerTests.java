package dev.likeness.diffusion.singlefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.likeness.diffusion.tensor.InvalidModelException;
import dev.likeness.diffusion.token.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tokenizer of a converted checkpoint. */
class SingleFileTokenizerTests extends SingleFileTest {

    @Test
    void saysNothingOfTheFolderOfATokenizerThatCannotBeRead() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd1();
        SingleFile.Options options = new SingleFile.Options(
                null,
                Files.createDirectories(home.resolve("empty")),
                checkpoint.options(home.resolve("c")).config());

        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> SingleFile.open(checkpoint.write(home.resolve("m.safetensors")), options))
                .withMessage("the tokenizer cannot be read: neither vocab.json with merges.txt nor tokenizer.json")
                .withMessageNotContaining(home.toString());
    }

    /** The vocabulary lacks start and end here: they are only in tokenizer_config.json, as is the padding. */
    @ParameterizedTest
    @MethodSource("families")
    void keepsWhatTheTokenizersConfigurationSays(TinyCheckpoint checkpoint) throws IOException {
        SingleFile.Options told = checkpoint.options(home.resolve("c"));
        Path own = Files.createDirectories(home.resolve("own"));
        Path published = Objects.requireNonNull(told.tokenizer());
        Files.copy(published.resolve("merges.txt"), own.resolve("merges.txt"));
        ObjectNode vocabulary = read(published.resolve("vocab.json")).asObject();
        vocabulary.remove(List.of("<|startoftext|>", "<|endoftext|>"));
        JsonMapper.shared().writeValue(own.resolve("vocab.json"), vocabulary);
        Files.writeString(own.resolve("tokenizer_config.json"), """
                {"pad_token": "?", "model_max_length": 20, "added_tokens_decoder": {
                  "1512": {"content": "<|startoftext|>", "special": true, "normalized": false},
                  "1513": {"content": "<|endoftext|>", "special": true, "normalized": false},
                  "87": {"content": "x", "normalized": true}}}""");
        Path folder = home.resolve("converted");

        SingleFile.open(
                        checkpoint.write(home.resolve("m.safetensors")),
                        new SingleFile.Options(null, own, told.config()))
                .convert(folder);

        try (ClipTokenizer expected = ClipTokenizer.load(own);
                ClipTokenizer first = ClipTokenizer.load(folder.resolve("tokenizer"))) {
            assertThat(expected.encode("X ray?"))
                    .startsWith(1512, 87)
                    .endsWith(30)
                    .hasSize(20);
            assertThat(first.encode("X ray?")).isEqualTo(expected.encode("X ray?"));
        }
        if (Files.exists(folder.resolve("tokenizer_2"))) {
            try (ClipTokenizer second = ClipTokenizer.load(folder.resolve("tokenizer_2"))) {
                assertThat(second.ids("X!")).containsExactly(87, 0);
                assertThat(second.encode("")).endsWith(0).hasSize(20);
            }
        }
    }

    /**
     * If the tokenizer's own files do not state the padding, the published padding stays. A given configuration always
     * stays.
     */
    @Test
    void keepsThePublishedPaddingOfABareVocabulary() throws IOException {
        TinyCheckpoint checkpoint = TinyCheckpoint.sd2();
        SingleFile.Options told = checkpoint.options(home.resolve("c"));
        Path config = Objects.requireNonNull(told.config());
        Path own = Files.createDirectories(home.resolve("own"));
        for (String file : List.of("vocab.json", "merges.txt")) {
            Files.copy(Objects.requireNonNull(told.tokenizer()).resolve(file), own.resolve(file));
        }
        Path file = checkpoint.write(home.resolve("m.safetensors"));
        SingleFile.Options options = new SingleFile.Options(null, own, config);

        assertThat(padding(file, options)).isEqualTo("!");
        Files.writeString(own.resolve("special_tokens_map.json"), "{\"pad_token\": {\"content\": \"?\"}}");
        assertThat(padding(file, options)).isEqualTo("?");
        Files.createDirectories(config.resolve("tokenizer"));
        Files.writeString(config.resolve("tokenizer/tokenizer_config.json"), "{\"pad_token\": \"x\"}");
        assertThat(padding(file, options)).isEqualTo("x");
    }

    private static String padding(Path file, SingleFile.Options options) {
        JsonNode token = SingleFile.open(file, options)
                .document("tokenizer/tokenizer_config.json")
                .orElseThrow()
                .path("pad_token");
        return (token.isObject() ? token.path("content") : token).asString();
    }
}
