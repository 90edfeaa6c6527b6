package dev.likeness.diffusion.check;

import dev.likeness.diffusion.graph.Precision;

/**
 * The permitted difference from fp64, as a share of the largest value. In fp32 it is 160 times the unit roundoff, in
 * smaller types, whose sums are computed in fp32, 12 times. These are ten and three times the differences seen with
 * every instruction set from SSE4.1 to AVX-512. Errors of faulty operations are far larger.
 */
final class Tolerance {

    /** In fp64, between one machine and another. */
    static final double SAME = 1e-9;

    /**
     * A lower bound of the largest value. Values are of the order of 1, and small sums of them have the rounding of
     * their terms. The largest values of the compared gradients are above it, so that every lost gradient is detected.
     */
    private static final double LEAST = 0.125;

    /** The same for values that cancel out exactly, which are sums over pictures and positions. */
    private static final double LEAST_CANCELLED = 8;

    private static final double FP32 = 160 * 0x1p-24;
    private static final double FP16 = 12 * 0x1p-11;
    private static final double BF16 = 12 * 0x1p-8;

    private Tolerance() {}

    /**
     * @param gpu on which cuDNN computes convolutions of fp32 in TF32, which has the digits of fp16
     * @return a share
     */
    static double of(Precision precision, boolean gpu) {
        return switch (precision) {
            case FP32 -> gpu ? FP16 : FP32;
            case FP16 -> FP16;
            case BF16 -> BF16;
        };
    }

    /**
     * The share as a difference.
     *
     * @param cancels whether the values are 0 except for rounding
     */
    static double allowed(double share, double[] expected, boolean cancels) {
        double largest = cancels ? LEAST_CANCELLED : LEAST;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        return share * largest;
    }
}
