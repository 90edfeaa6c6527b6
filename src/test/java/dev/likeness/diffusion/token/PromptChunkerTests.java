package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptChunkerTests {

    private static final Path CLIP = Path.of("src/test/resources/goldens/clip-tokenizer");
    private static final Path SD2 = Path.of("src/test/resources/goldens/tiny-sd2/model/tokenizer");
    private static final long BOS = 49406;
    private static final long EOS = 49407;
    private static final long DOG = 1929;
    private static final long CAT = 2368;

    private ClipTokenizer tokenizer;
    private PromptChunker chunker;

    @BeforeEach
    void load() throws IOException {
        tokenizer = ClipTokenizer.load(CLIP, List.of("<x>", "<x>_1", "<x>_2", "<y>"));
        chunker = new PromptChunker(tokenizer);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a photo of a sks dog, 8k: very détaillé!", "a photo of <x> <x>_1 <x>_2"})
    void givesAShortPlainPromptTheTokenizersIds(String prompt) {
        WeightedPrompt chunked = chunker.chunk(prompt);

        assertThat(chunked.chunks()).isOne();
        assertThat(chunked.ids().get(0)).isEqualTo(tokenizer.encode(prompt));
        assertThat(chunked.isPlain()).isTrue();
    }

    @Test
    void keeps75TokensInOneChunk() {
        WeightedPrompt chunked = chunker.chunk(dogs(75));

        assertThat(chunked.chunks()).isOne();
        assertThat(chunked.ids().get(0)).isEqualTo(tokenizer.encode(dogs(75)));
    }

    @Test
    void startsANewChunkAfter75Tokens() {
        WeightedPrompt chunked = chunker.chunk(dogs(75) + " cat");

        assertThat(chunked.ids()).containsExactly(framed(repeat(DOG, 75)), framed(CAT));
    }

    @Test
    void weighsEveryTokenOfAFragment() {
        WeightedPrompt chunked = chunker.chunk("dog (cat dog:1.5) [dog]");

        assertThat(chunked.ids()).containsExactly(framed(DOG, CAT, DOG, DOG));
        assertThat(Arrays.copyOf(chunked.weights().get(0), 7)).containsExactly(1, 1, 1.5f, 1.5f, 0.90909094f, 1, 1);
        assertThat(chunked.weights().get(0)).hasSize(77);
        assertThat(chunked.isPlain()).isFalse();
    }

    @Test
    void keepsTheSurplusBracket() {
        WeightedPrompt chunked =
                chunker.chunk("A (((oil painting))) of [[[[[my_embedding]]]]] by (((Leonardo da Vinci))))");

        assertThat(chunked.ids())
                .containsExactly(tokenizer.encode("a oil painting of my_embedding by leonardo da vinci )"));
        int rare = tokenizer.ids("my_embedding").length;
        assertThat(rare).isGreaterThan(1);
        float[] weights = chunked.weights().get(0);
        assertThat(Arrays.copyOf(weights, 5)).containsExactly(1, 1, 1.331f, 1.331f, 1);
        assertThat(Arrays.copyOfRange(weights, 5, 5 + rare)).containsOnly(0.62092132f);
        assertThat(Arrays.copyOfRange(weights, 5 + rare, 11 + rare)).containsExactly(1, 1.331f, 1.331f, 1.331f, 1, 1);
    }

    @Test
    void carriesWeightsIntoTheNextChunk() {
        WeightedPrompt chunked = chunker.chunk(dogs(70) + " (" + dogs(10) + ":0.5)");

        assertThat(chunked.chunks()).isEqualTo(2);
        assertThat(weights(chunked, 0, 70, 77)).containsExactly(1, .5f, .5f, .5f, .5f, .5f, 1);
        assertThat(weights(chunked, 1, 0, 7)).containsExactly(1, .5f, .5f, .5f, .5f, .5f, 1);
    }

    @Test
    void fillsTheChunkUpAtABreak() {
        assertThat(chunker.chunk("dog BREAK cat").ids()).containsExactly(framed(DOG), framed(CAT));
        assertThat(chunker.chunk("dog BREAK").ids()).containsExactly(framed(DOG));
        assertThat(chunker.chunk("BREAK dog").ids()).containsExactly(framed(), framed(DOG));
        assertThat(chunker.chunk("dog BREAK BREAK cat").ids()).containsExactly(framed(DOG), framed(), framed(CAT));
        assertThat(chunker.chunk(dogs(75) + " BREAK cat").ids()).containsExactly(framed(repeat(DOG, 75)), framed(CAT));
    }

    @Test
    void movesAPlaceholdersRowsIntoTheNextChunkTogether() {
        WeightedPrompt chunked = chunker.chunk(dogs(73) + " <x> <x>_1 <x>_2 <y>");

        assertThat(chunked.ids()).containsExactly(framed(repeat(DOG, 73)), framed(49408, 49409, 49410, 49411));
    }

    @Test
    void keepsApartWhatBelongsToTwoPlaceholders() {
        WeightedPrompt chunked = chunker.chunk(dogs(73) + " <x> <x> <y> <x>_2");

        assertThat(chunked.ids()).containsExactly(framed(append(repeat(DOG, 73), 49408, 49408)), framed(49411, 49410));
    }

    @Test
    void splitsAPlaceholderThatNoChunkCanHold() throws IOException {
        List<String> rows = IntStream.range(0, 80)
                .mapToObj(row -> row == 0 ? "<z>" : "<z>_" + row)
                .toList();
        try (ClipTokenizer wide = ClipTokenizer.load(CLIP, rows)) {
            WeightedPrompt chunked = new PromptChunker(wide).chunk("dog " + String.join(" ", rows));

            assertThat(chunked.ids())
                    .containsExactly(
                            framed(append(
                                    new long[] {DOG},
                                    LongStream.range(49408, 49482).toArray())),
                            framed(LongStream.range(49482, 49488).toArray()));
        }
    }

    @Test
    void padsPromptsToTheLongestWithEmptyChunks() {
        List<WeightedPrompt> prompts = chunker.chunk(List.of(dogs(160), "(cat:2)", ""));

        assertThat(prompts).extracting(WeightedPrompt::chunks).containsExactly(3, 3, 3);
        assertThat(prompts.get(1).ids()).containsExactly(framed(CAT), framed(), framed());
        assertThat(weights(prompts.get(1), 0, 0, 3)).containsExactly(1, 2, 1);
        assertThat(weights(prompts.get(1), 2, 0, 77)).containsOnly(1);
    }

    @Test
    void padsWithThePadTokenOfTheConfiguration() throws IOException {
        try (ClipTokenizer sd2 = ClipTokenizer.load(SD2)) {
            WeightedPrompt chunked = new PromptChunker(sd2).chunk("a BREAK BREAK a");

            assertThat(chunked.ids().get(0)).isEqualTo(sd2.encode("a"));
            assertThat(chunked.ids().get(1)).startsWith(1512, 1513, 0).endsWith(0);
        }
    }

    /** Sampling uses the same letters of a word as training, wherever it is filled in. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a photo of a {class} on the beach | teddy bear (plush)",
                "a photo of a ({class}) | teddy bear [plush]",
                "a photo of a {class} | one (two",
                "a photo of a {class}) | two) one",
                "a photo of ({class}) | word:1.5",
                "a photo of ({class}) | word: 1.5",
                "a photo of (x:{class}) | 1.5",
                "a photo of ({class}1.5) | word:",
                "a photo of (a {class}(red)) | word:",
                "a {class} on the beach | BREAK",
                "a photo of a {class} | lunch BREAK (long)",
                "a photo of a {class} | BREAKFAST",
                "a {class}{class} | back\\slash \\( \\",
                "{class} | <a:2>"
            })
    void drawsAWordsOwnLetters(String template, String word) {
        String prompt = PromptSyntax.fill(template, Map.of("{class}", word));

        String drawn = spoken(PromptSyntax.parse(template.replace("{class}", "\u0001")));
        assertThat(spoken(PromptSyntax.parse(prompt))).isEqualTo(drawn.replace("\u0001", word));
        assertThat(chunker.chunk(prompt).ids())
                .containsExactly(tokenizer.encode(PromptSyntax.text(prompt)))
                .containsExactly(tokenizer.encode(drawn.replace("\u0001", word)));
    }

    private static String spoken(List<List<PromptSyntax.Fragment>> sections) {
        assertThat(sections).hasSize(1);
        return sections.get(0).stream().map(PromptSyntax.Fragment::text).collect(Collectors.joining());
    }

    @Test
    void expandsLearnedWordsInWhatAPromptSays() {
        Placeholder x = new Placeholder("<x>", 3);

        WeightedPrompt chunked =
                new PromptChunker(tokenizer, x::expand, PromptWeighting.A1111).chunk("a (<X>:1.5) <y>");

        assertThat(chunked.ids()).containsExactly(framed(320, 49408, 49409, 49410, 49411));
        assertThat(weights(chunked, 0, 0, 7)).containsExactly(1, 1, 1.5f, 1.5f, 1.5f, 1, 1);
    }

    private static String dogs(int n) {
        return IntStream.range(0, n).mapToObj(i -> "dog").collect(Collectors.joining(" "));
    }

    private static float[] weights(WeightedPrompt prompt, int chunk, int from, int to) {
        return Arrays.copyOfRange(prompt.weights().get(chunk), from, to);
    }

    private static long[] repeat(long id, int n) {
        return LongStream.generate(() -> id).limit(n).toArray();
    }

    private static long[] append(long[] ids, long... more) {
        return LongStream.concat(Arrays.stream(ids), Arrays.stream(more)).toArray();
    }

    /** A chunk of these tokens; CLIP pads with its end token. */
    private static long[] framed(long... tokens) {
        return append(append(new long[] {BOS}, tokens), repeat(EOS, 76 - tokens.length));
    }
}
