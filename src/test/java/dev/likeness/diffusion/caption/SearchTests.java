package dev.likeness.diffusion.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SearchTests {

    private static final int VOCABULARY = 11;
    private static final long END = 3;

    /** The expected texts are those that transformers 5.18 generates with a model with the same scores. */
    @ParameterizedTest(name = "seed {0}, {1} beams, at most {2} tokens from {3}")
    @CsvFileSource(resources = "/dev/likeness/diffusion/caption/searches.csv")
    void findsWhatTransformersFinds(int seed, int beams, int maxLength, String start, String expected) {
        long[] found = beams == 1
                ? new GreedySearch(END, maxLength).complete(tokens(start), texts -> logits(seed, texts))
                : new BeamSearch(beams, END, maxLength).complete(tokens(start), texts -> logSoftmax(seed, texts));

        assertThat(LongStream.of(found).mapToObj(Long::toString).collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }

    @Test
    void asksForNothingMoreOnceEnoughBetterTextsAreFinished() {
        List<Integer> asked = new ArrayList<>();
        NextToken model = texts -> {
            asked.add(texts.size());
            return texts.stream().map(text -> new float[] {-9, -8, -7, -0.1f}).toArray(float[][]::new);
        };

        assertThat(new BeamSearch(1, END, 20).complete(new long[] {0}, model)).containsExactly(0, END);
        assertThat(asked).containsExactly(1);
    }

    @Test
    void refusesScoresThatAreNotNumbers() {
        NextToken model = texts -> texts.stream()
                .map(text -> new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN})
                .toArray(float[][]::new);

        assertThatThrownBy(() -> new BeamSearch(2, END, 20).complete(new long[] {0}, model))
                .isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> new GreedySearch(END, 20).complete(new long[] {0}, model))
                .isInstanceOf(InvalidModelException.class);
    }

    private static long[] tokens(String text) {
        return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    /** Scores as a function of the seed, the last token and the length. */
    private static float[][] logits(int seed, List<long[]> texts) {
        float[][] logits = new float[texts.size()][VOCABULARY];
        for (int i = 0; i < logits.length; i++) {
            long[] text = texts.get(i);
            long base = text[text.length - 1] * 7919 + text.length * 15_485_863L + seed * 1_299_709L;
            for (int token = 0; token < VOCABULARY; token++) {
                logits[i][token] = (base + token * 104_729L) % 1009 / 200f;
            }
        }
        return logits;
    }

    private static float[][] logSoftmax(int seed, List<long[]> texts) {
        float[][] scores = logits(seed, texts);
        for (float[] row : scores) {
            double sum = 0;
            for (float logit : row) {
                sum += Math.exp(logit);
            }
            for (int token = 0; token < row.length; token++) {
                row[token] = (float) (row[token] - Math.log(sum));
            }
        }
        return scores;
    }
}
