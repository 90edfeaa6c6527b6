package dev.likeness.diffusion.check;

import dev.likeness.diffusion.graph.Precision;

/**
 * How far from fp64 a result may be, as a share of its largest value. In fp32 that is 160 times the unit roundoff, in
 * smaller types, whose sums are taken in fp32, 12 times: ten and three times what was seen with every
 * instruction set from SSE4.1 to AVX-512. What an operation does wrong is off by far more.
 */
final class Tolerance {

    /** In fp64, between one machine and another. */
    static final double SAME = 1e-9;

    /**
     * Below this a largest value counts as this. Values are of the order of 1, and sums of them that happen to be small
     * have the rounding of what was summed. The largest values of gradients that the check compares are above it, so that
     * none is lost unseen.
     */
    private static final double LEAST = 0.125;

    /** The same of what cancels out exactly, which is a sum over pictures and positions. */
    private static final double LEAST_CANCELLED = 8;

    private static final double FP32 = 160 * 0x1p-24;
    private static final double FP16 = 12 * 0x1p-11;
    private static final double BF16 = 12 * 0x1p-8;

    private Tolerance() {}

    /**
     * @param gpu where cuDNN convolves fp32 in TF32, which has the digits of fp16
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
     * @param cancels whether they are 0 but for rounding
     */
    static double allowed(double share, double[] expected, boolean cancels) {
        double largest = cancels ? LEAST_CANCELLED : LEAST;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        return share * largest;
    }
}
