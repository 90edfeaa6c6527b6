package dev.likeness.diffusion.schedule;

import java.util.function.DoubleBinaryOperator;

/** Arithmetic on two arrays of one length. */
final class Elementwise {

    private Elementwise() {}

    static float[] of(float[] a, float[] b, DoubleBinaryOperator f) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("%d values do not go with %d".formatted(a.length, b.length));
        }
        float[] result = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (float) f.applyAsDouble(a[i], b[i]);
        }
        return result;
    }
}
