package dev.likeness.diffusion.caption;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the best token each time.
 *
 * @param end the token that ends a text
 * @param maxLength maximum number of tokens, including the given ones and the end
 */
record GreedySearch(long end, int maxLength) {

    /**
     * Continues a text.
     *
     * @param start at least one token, and fewer than {@link #maxLength()}
     * @param model only the order of its scores matters
     * @return the whole text, with its end token unless it reached the maximum length
     */
    long[] complete(long[] start, NextToken model) {
        long[] text = start;
        do {
            int next = best(model.scores(List.of(text))[0]);
            text = Arrays.copyOf(text, text.length + 1);
            text[text.length - 1] = next;
        } while (text[text.length - 1] != end && text.length < maxLength);
        return text;
    }

    private static int best(float[] scores) {
        int best = 0;
        for (int token = 0; token < scores.length; token++) {
            if (Float.isNaN(scores[token])) {
                throw new InvalidModelException("blip: the decoder's scores are not numbers");
            }
            if (scores[token] > scores[best]) {
                best = token;
            }
        }
        return best;
    }
}
