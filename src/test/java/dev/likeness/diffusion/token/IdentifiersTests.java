package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.likeness.diffusion.token.Identifiers.Check;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTests {

    private static final Path CLIP = Path.of("src/test/resources/goldens/clip-tokenizer");
    private static final Path TINY_WORLD = Path.of("src/main/resources/models/likeness/tiny-world/tokenizer");

    private static Identifiers clip;
    private static Identifiers tinyWorld;

    @BeforeAll
    static void load() throws IOException {
        clip = Identifiers.load(CLIP);
        tinyWorld = Identifiers.load(TINY_WORLD);
    }

    @AfterAll
    static void close() {
        clip.close();
        tinyWorld.close();
    }

    @Nested
    class Suggestions {

        @Test
        void areTheRarestWholeTokensOfThreeOrFourLetters() throws IOException {
            List<Check> suggestions = clip.suggest("dog", 50);

            assertThat(suggestions).hasSize(50).allSatisfy(it -> {
                assertThat(it.identifier()).matches("[a-z]{3,4}");
                assertThat(it.tokens()).containsExactly(it.identifier() + "</w>");
                assertThat(it.refusal()).isNull();
                assertThat(it.warnings()).isEmpty();
            });
            assertThat(words(suggestions)).startsWith("rcn", "nlwx").contains("sks");
            try (ClipTokenizer tokenizer = ClipTokenizer.load(CLIP)) {
                assertThat(words(suggestions))
                        .extracting(it -> tokenizer.ids(it)[0])
                        .isSortedAccordingTo(Comparator.reverseOrder());
            }
        }

        @Test
        void areTheSameEveryTime() throws IOException {
            try (Identifiers again = Identifiers.load(CLIP)) {
                assertThat(again.suggest("dog", 10)).isEqualTo(clip.suggest("dog", 10));
            }
        }

        @Test
        void leaveOutWordsAndAbbreviationsThatMeanSomething() {
            assertThat(words(clip.suggest("dog", 1000)))
                    .hasSizeGreaterThan(100)
                    .doesNotContain("kilt", "fawn", "hmv", "psst", "fck", "dprk", "olis");
        }

        @Test
        void leaveOutTheClassWord() {
            assertThat(words(clip.suggest("RCN", 3))).startsWith("nlwx").doesNotContain("rcn");
            assertThat(words(tinyWorld.suggest("sks", 3))).doesNotContain("sks");
        }

        @Test
        void fallBackToUsualWordsWhereTheVocabularyHasNone() {
            List<Check> suggestions = tinyWorld.suggest("bird", 2);

            assertThat(words(suggestions)).containsExactly("sks", "ohwx");
            assertThat(suggestions.get(0).tokens()).containsExactly("s", "ks</w>");
            assertThat(suggestions.get(0).warnings())
                    .containsExactly(
                            "has 2 tokens in this model's vocabulary (s, ks); a word with one token is easier to learn");
        }

        private static List<String> words(List<Check> suggestions) {
            return suggestions.stream().map(Check::identifier).toList();
        }
    }

    @Nested
    class Checks {

        @Test
        void acceptASingleRareToken() {
            assertThat(clip.check("sks", "dog")).isEqualTo(new Check("sks", List.of("sks</w>"), null, List.of()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"dog", "Photo", "kitten", "emma", "x", "2"})
        void refuseWhatTheStatisticsSayIsCommon(String word) {
            assertThat(clip.check(word, "person").refusal())
                    .startsWith(
                            "must not be a common word: this model already knows \"%s\"".formatted(word.toLowerCase()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"teapot", "Corgi", "flamingo", "wheelbarrow"})
        void refuseCommonWordsThatTheVocabularySplitsOrRanksLow(String word) {
            assertThat(tinyWorld.check(word, "person").refusal()).contains("common word");
            assertThat(clip.check(word, "person").refusal()).contains("common word");
        }

        @ParameterizedTest
        @ValueSource(strings = {"sks", "SKS", "ohwx", "zwx"})
        void neverRefuseTheUsualWords(String word) {
            assertThat(clip.check(word, "dog").refusal()).isNull();
            assertThat(tinyWorld.check(word, "dog").refusal()).isNull();
        }

        @Test
        void refuseTheClassWordAndItsParts() {
            assertThat(clip.check("Sks", "sks").refusal()).isEqualTo("must not be the class word, or a word of it");
            assertThat(clip.check("anemone", " Sea Anemone ").refusal())
                    .isEqualTo("must not be the class word, or a word of it");
            assertThat(clip.check("sks", "sksy").refusal()).isNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " "})
        void refuseNothing(String word) {
            assertThat(clip.check(word, "").refusal()).isEqualTo("must not be empty");
        }

        @ParameterizedTest
        @ValueSource(strings = {"two words", "a\u00a0b", "(sks)", "[sks", "sks\\", "{sks}", "s\u0000ks", "BREAK"})
        void refuseWhatAPromptCannotHold(String word) {
            assertThat(clip.check(word, "dog").refusal()).startsWith("must be one word");
        }

        @ParameterizedTest
        @ValueSource(strings = {"<|endoftext|>", "a<|startoftext|>"})
        void refuseSpecialTokens(String word) {
            assertThat(clip.check(word, "dog").refusal())
                    .isEqualTo("must be text that this model's tokenizer can encode");
        }

        @Test
        void warnOfManyTokensAndNameThem() {
            Check check = clip.check("Xyzzy-9", "dog");

            assertThat(check.refusal()).isNull();
            assertThat(check.tokens()).containsExactly("xy", "zzy</w>", "-</w>", "9</w>");
            assertThat(check.warnings())
                    .containsExactly("has 4 tokens in this model's vocabulary (xy, zzy, -, 9); a word with one token"
                            + " is easier to learn");
        }
    }

    @Test
    void namesTheMissingFile(@TempDir Path folder) {
        assertThatThrownBy(() -> Identifiers.load(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("vocab.json");
    }
}
