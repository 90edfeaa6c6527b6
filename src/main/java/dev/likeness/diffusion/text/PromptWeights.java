package dev.likeness.diffusion.text;

import java.util.List;

/**
 * Prompt emphasis as AUTOMATIC1111's stable-diffusion-webui applies it to a text encoder's states: z *= w for every token, then
 * z *= mean(z before) / mean(z after) over the chunk, so that emphasis keeps the mean of the states. Where positive and negative
 * values almost cancel out, the mean is no measure of the magnitude, and the second factor is left out.
 */
public final class PromptWeights {

    /** A mean below this share of the values' mean magnitude is a remainder of cancellation. */
    private static final double SMALL = 0.02;

    private PromptWeights() {}

    /**
     * Weighs the states of a prompt's chunks, and concatenates the chunks. A chunk whose weights are all 1 keeps its states
     * bit for bit.
     *
     * @param states the encoder's states of the chunks as one batch, [C, L, D] in row-major order
     * @param weights of each of the C chunks its L weights
     * @return [C * L, D] in row-major order
     * @throws IllegalArgumentException if the numbers of states and weights do not match
     */
    public static float[] apply(float[] states, List<float[]> weights) {
        int tokens = weights.stream().mapToInt(it -> it.length).sum();
        if (tokens == 0 || states.length % tokens != 0) {
            throw new IllegalArgumentException("%d states cannot belong to %d tokens".formatted(states.length, tokens));
        }
        int width = states.length / tokens;
        float[] weighted = states.clone();
        int from = 0;
        for (float[] chunk : weights) {
            weighInPlace(weighted, from, chunk, width);
            from += chunk.length * width;
        }
        return weighted;
    }

    private static void weighInPlace(float[] states, int from, float[] weights, int width) {
        int to = from + weights.length * width;
        Sums before = Sums.of(states, from, to);
        for (int i = from; i < to; i++) {
            states[i] *= weights[(i - from) / width];
        }
        Sums after = Sums.of(states, from, to);
        // Without emphasis the factor is 1.
        if (after.values != before.values && before.hasMean() && after.hasMean()) {
            double factor = before.values / after.values;
            for (int i = from; i < to; i++) {
                states[i] = (float) (states[i] * factor);
            }
        }
    }

    /** Sums of values and of their magnitudes. */
    private record Sums(double values, double magnitudes) {

        static Sums of(float[] values, int from, int to) {
            double sum = 0;
            double magnitudes = 0;
            for (int i = from; i < to; i++) {
                sum += values[i];
                magnitudes += Math.abs(values[i]);
            }
            return new Sums(sum, magnitudes);
        }

        boolean hasMean() {
            return magnitudes > 0 && Math.abs(values) >= SMALL * magnitudes;
        }
    }
}
