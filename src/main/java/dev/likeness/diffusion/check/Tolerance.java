package dev.likeness.diffusion.check;

import dev.likeness.diffusion.graph.Precision;

/**
 * How far from fp64 a result may be, as a share of its largest value. In fp32 that is 160 times the unit roundoff, in
 * smaller types, whose sums are taken in fp32, 20 times: ten and three times what was seen on processors of several
 * kinds. What an operation does wrong is off by far more.
 */
final class Tolerance {

    /** In fp64, between one machine and another. */
    static final double SAME = 1e-9;

    /** Below this a largest value counts as this: what cancels out to nothing leaves the rounding of what cancelled. */
    private static final double LEAST = 0.5;

    private static final double FP32 = 160 * 0x1p-24;
    private static final double FP16 = 20 * 0x1p-11;
    private static final double BF16 = 20 * 0x1p-8;

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

    /** The share as a difference. */
    static double allowed(double share, double[] expected) {
        double largest = LEAST;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        return share * largest;
    }
}
