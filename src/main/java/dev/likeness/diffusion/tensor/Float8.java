package dev.likeness.diffusion.tensor;

/**
 * Eight-bit floating-point numbers (Micikevicius et al. 2022, arXiv:2209.05433, table 1): all 256 values in single
 * precision.
 */
final class Float8 {

    private static final int VALUES = 256;
    private static final int SIGN = 0x80;

    private static final float[] E5M2 = values(2, 15);
    private static final float[] E4M3 = values(3, 7);

    private Float8() {}

    /** The values, indexed by their bits. Supports only {@link Element#F8_E5M2} and {@link Element#F8_E4M3}. */
    static float[] of(Element element) {
        return element == Element.F8_E5M2 ? E5M2 : E4M3;
    }

    private static float[] values(int mantissaBits, int bias) {
        float[] values = new float[VALUES];
        int ones = 1 << mantissaBits;
        int largest = (SIGN >> mantissaBits) - 1;
        for (int bits = 0; bits < VALUES; bits++) {
            int exponent = (bits & SIGN - 1) >> mantissaBits;
            int mantissa = bits & ones - 1;
            double value = exponent == 0
                    ? Math.scalb((double) mantissa, 1 - bias - mantissaBits)
                    : Math.scalb((double) (ones + mantissa), exponent - bias - mantissaBits);
            if (exponent == largest && mantissaBits == 2) {
                value = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            } else if (exponent == largest && mantissa == ones - 1) {
                value = Double.NaN;
            }
            values[bits] = (float) ((bits & SIGN) == 0 ? value : -value);
        }
        return values;
    }
}
