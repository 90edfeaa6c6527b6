package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordPieceTokenizerTests {

    private static final String[] TOKENIZER_JSON = {"tokenizer.json"};
    private static final String[] VOCABULARY = {"vocab.txt", "tokenizer_config.json"};

    @TempDir
    Path folder;

    /** The expected ids and words are those of transformers. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equalsTransformersFromEitherKindOfFile(boolean vocabulary) throws Exception {
        try (WordPieceTokenizer tokenizer = load(vocabulary ? VOCABULARY : TOKENIZER_JSON)) {
            assertThat(tokenizer.ids("a picture of")).containsExactly(5, 83, 58);
            assertThat(tokenizer.ids("A D\u00f3g, sitting. xyz!")).containsExactly(5, 70, 1, 88, 91, 28, 55, 56, 1);
            assertThat(tokenizer.ids("[DEC] dog [SEP]")).containsExactly(92, 70, 3);
            assertThat(tokenizer.ids("\u4e2ddog's")).containsExactly(1, 70, 1, 23);
            assertThat(tokenizer.ids("dog\u200b\tcat")).containsExactly(70, 71);
            assertThat(tokenizer.ids("")).isEmpty();
            assertThat(tokenizer.decode(new long[] {5, 70, 91, 28, 36, 1, 0, 3, 92, 4, 28}))
                    .isEqualTo("a dog. xf x");
        }
    }

    @Test
    void leavesOutIdsBeyondTheVocabulary() throws Exception {
        try (WordPieceTokenizer tokenizer = load(TOKENIZER_JSON)) {
            assertThat(tokenizer.decode(new long[] {93, 5, 70, 30_523})).isEqualTo("a dog");
        }
    }

    @Test
    void mindsTheCaseWhereTheConfigurationSaysSo() throws Exception {
        copy(VOCABULARY);
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("\"do_lower_case\": true", "\"do_lower_case\": false")
                        .replace("\"strip_accents\": null", "\"strip_accents\": true"));

        try (WordPieceTokenizer tokenizer = WordPieceTokenizer.load(folder)) {
            assertThat(tokenizer.ids("Dog d\u00f3g")).containsExactly(1, 70);
        }
    }

    @Test
    void refusesAnotherKindOfTokenizer() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"BPE\"}}");

        assertThatThrownBy(() -> WordPieceTokenizer.load(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tokenizer.json: model type \"BPE\" is not WordPiece");
    }

    @Test
    void refusesAFileThatTheLibraryDoesNotUnderstand() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"WordPiece\"}}");

        assertThatThrownBy(() -> WordPieceTokenizer.load(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tokenizer.json: not understood");
    }

    @Test
    void saysWhenAFileIsMissingOrIsNoJson() throws IOException {
        assertThatThrownBy(() -> WordPieceTokenizer.load(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("vocab.txt");
        Files.writeString(folder.resolve("tokenizer.json"), "not JSON");
        assertThatThrownBy(() -> WordPieceTokenizer.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("the tokenizer's files are not JSON");
    }

    private WordPieceTokenizer load(String... files) throws Exception {
        copy(files);
        return WordPieceTokenizer.load(folder);
    }

    private void copy(String... files) throws IOException, URISyntaxException {
        for (String file : files) {
            Path model = Path.of(Objects.requireNonNull(
                            WordPieceTokenizerTests.class.getResource("/goldens/tiny-blip/model/" + file))
                    .toURI());
            Files.copy(model, folder.resolve(file));
        }
    }
}
