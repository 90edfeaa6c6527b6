package dev.likeness.diffusion.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholderTests {

    private static final Path CLIP = Path.of("src/test/resources/goldens/clip-tokenizer");

    /** The tokenizer finds the first token of each word, so each of these must expand to all tokens. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<toy> | a <toy> dog",
                "<toy> | a <TOY> dog",
                "<Toy> | A <toy> Dog, and a <tOY>",
                "<toy> | a x<toy>y dog",
                "<caf\u00e9> | a <CAFE\u0301> dog",
                "<cafe\u0301> | a <caf\u00c9> dog",
                "<\u0130> | a <\u0130> dog",
                "<\u03a3> | a <\u03a3\u03a3> and a <\u03a3> dog",
                "zqxz | zqxzqxz dog"
            })
    void standsForAllOfItsTokensWhereTheTokenizerFindsTheFirst(String word, String prompt) throws IOException {
        Placeholder placeholder = new Placeholder(word, 3);
        try (ClipTokenizer tokenizer = ClipTokenizer.load(CLIP, placeholder.tokens())) {
            long first = tokenizer.vocabularySize();
            long[] expected = Arrays.stream(tokenizer.ids(prompt))
                    .flatMap(id -> id == first ? LongStream.of(first, first + 1, first + 2) : LongStream.of(id))
                    .toArray();

            assertThat(LongStream.of(tokenizer.ids(prompt)).boxed()).contains(first);
            assertThat(tokenizer.ids(placeholder.expand(prompt))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a <toy>_1 dog | a <toy>_1 dog",
                "a <toy>_7 dog | a <toy> <toy>_1 <toy>_2_7 dog",
                "a <toy> <toy>_1 <toy>_2 dog | a <toy> <toy>_1 <toy>_2 dog",
                "a <TOY><Toy>_1 dog | a <TOY><Toy>_1 dog",
                "a dog | a dog"
            })
    void leavesNumberedTokensAndWhatIsExpandedAlready(String prompt, String expanded) {
        assertThat(new Placeholder("<toy>", 3).expand(prompt)).isEqualTo(expanded);
    }

    @Test
    void leavesAWordOfOneTokenAsItIs() {
        assertThat(new Placeholder("<toy>", 1).expand("a  <TOY> dog")).isEqualTo("a  <TOY> dog");
    }
}
