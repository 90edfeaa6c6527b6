package dev.likeness.diffusion.schedule;

import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic on arrays of equal length. */
final class Elementwise {

    private Elementwise() {}

    static float[] of(float[] a, float[] b, DoubleBinaryOperator f) {
        requireSameLength(a, b);
        float[] result = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (float) f.applyAsDouble(a[i], b[i]);
        }
        return result;
    }

    /** Sum of weight times array, rounded once. Needs at least one array, and one weight per array. */
    static float[] sum(double[] weights, List<float[]> arrays) {
        float[] result = new float[arrays.get(0).length];
        for (float[] array : arrays) {
            requireSameLength(result, array);
        }
        for (int i = 0; i < result.length; i++) {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * arrays.get(k)[i];
            }
            result[i] = (float) sum;
        }
        return result;
    }

    private static void requireSameLength(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("%d values do not match %d".formatted(a.length, b.length));
        }
    }
}
