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

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ClipTokenizerTests.class.getResource(name))
                .toURI());
    }
}
