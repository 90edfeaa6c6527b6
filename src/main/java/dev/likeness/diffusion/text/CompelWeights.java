package dev.likeness.diffusion.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prompt emphasis as the library compel applies it to a text encoder's states. With the states e of an empty prompt, a token's
 * states become e + w (z - e). The result is the mean of these states and, for each fragment with a weight w below 1, of the same
 * states of the prompt in which this fragment is hidden; such states have the weight tan((1 - w) pi / 2) in the mean.
 */
public final class CompelWeights {

    /** With a weight of 0, the tangent would be infinite. */
    private static final double SMALLEST = 1e-5;

    private CompelWeights() {}

    /**
     * For each fragment with a weight below 1, in order, which tokens are visible without it. Neighbouring tokens of one weight are
     * one fragment, also across chunks.
     *
     * @param weights of each of the C chunks its L weights
     * @return [C * L] in row-major order: 0 for the fragment's tokens, else 1
     */
    public static List<long[]> withoutFragments(List<float[]> weights) {
        List<long[]> found = new ArrayList<>();
        for (List<Integer> fragment : fragments(weights)) {
            long[] visible = new long[weights.stream().mapToInt(it -> it.length).sum()];
            Arrays.fill(visible, 1);
            fragment.forEach(place -> visible[place] = 0);
            found.add(visible);
        }
        return found;
    }

    /** The places of each fragment with a weight below 1. The first and the last place of a chunk are its start and end. */
    private static List<List<Integer>> fragments(List<float[]> weights) {
        List<List<Integer>> found = new ArrayList<>();
        float before = 1;
        int start = 0;
        for (float[] chunk : weights) {
            for (int i = 1; i < chunk.length - 1; i++) {
                if (chunk[i] < 1) {
                    if (chunk[i] != before) {
                        found.add(new ArrayList<>());
                    }
                    found.get(found.size() - 1).add(start + i);
                }
                before = chunk[i];
            }
            start += chunk.length;
        }
        return found;
    }

    /**
     * Weighs the states of a prompt's chunks.
     *
     * @param states the encoder's states of the chunks, [C, L, D] in row-major order
     * @param empty its states of an empty chunk, [1, L, D]
     * @param hidden its states of the chunks without each fragment of {@link #withoutFragments}, [C, L, D]
     * @param weights of each of the C chunks its L weights
     * @return [C * L, D] in row-major order
     */
    public static float[] apply(float[] states, float[] empty, List<float[]> hidden, List<float[]> weights) {
        float[] each = new float[weights.stream().mapToInt(it -> it.length).sum()];
        int from = 0;
        for (float[] chunk : weights) {
            System.arraycopy(chunk, 0, each, from, chunk.length);
            from += chunk.length;
        }
        List<List<Integer>> fragments = fragments(weights);
        double sum = 1;
        double[] mean = new double[states.length];
        add(mean, weighted(states, empty, each), 1);
        for (int i = 0; i < hidden.size(); i++) {
            double weight = Math.max(SMALLEST, each[fragments.get(i).get(0)]);
            double share = Math.tan((1 - weight) * Math.PI / 2);
            add(mean, weighted(hidden.get(i), empty, each), share);
            sum += share;
        }
        float[] result = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            result[i] = (float) (mean[i] / sum);
        }
        return result;
    }

    private static void add(double[] sum, float[] states, double share) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += share * states[i];
        }
    }

    private static float[] weighted(float[] states, float[] empty, float[] weights) {
        int width = states.length / weights.length;
        float[] weighted = states.clone();
        for (int i = 0; i < states.length; i++) {
            float weight = weights[i / width];
            if (weight != 1) {
                float base = empty[i % empty.length];
                weighted[i] = base + (states[i] - base) * weight;
            }
        }
        return weighted;
    }
}
