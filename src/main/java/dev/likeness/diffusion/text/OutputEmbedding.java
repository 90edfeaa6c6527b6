package dev.likeness.diffusion.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * States that replace a text encoder's states of new tokens in the conditioning: the output embeddings of OneTrainer. The
 * encoder itself and its pooled state use the tokens' input embeddings.
 *
 * @param textEncoder its number, from 0 on
 * @param row of the first token among the new ones
 * @param states of this token and those after it, D values each
 */
public record OutputEmbedding(int textEncoder, int row, List<float[]> states) {

    public OutputEmbedding {
        states = List.copyOf(states);
    }

    /**
     * Cuts a tensor into the states of tokens.
     *
     * @param values [N, D] in row-major order
     * @param width D
     */
    static OutputEmbedding of(int textEncoder, float[] values, int width) {
        List<float[]> states = new ArrayList<>();
        for (int from = 0; from < values.length; from += width) {
            states.add(Arrays.copyOfRange(values, from, from + width));
        }
        return new OutputEmbedding(textEncoder, 0, states);
    }

    /** The same output embedding behind other new tokens. */
    public OutputEmbedding behind(int rows) {
        return new OutputEmbedding(textEncoder, row + rows, states);
    }

    /**
     * Replaces the states of these tokens.
     *
     * @param context the encoder's states of T tokens, [T, D] in row-major order; changed in place
     * @param rows of the T tokens among the new ones; negative for those of the vocabulary
     */
    public void putInto(float[] context, long[] rows) {
        int width = context.length / rows.length;
        for (int t = 0; t < rows.length; t++) {
            long number = rows[t] - row;
            if (number >= 0 && number < states.size()) {
                System.arraycopy(states.get((int) number), 0, context, t * width, width);
            }
        }
    }
}
