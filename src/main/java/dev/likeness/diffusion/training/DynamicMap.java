package dev.likeness.diffusion.training;

import java.util.Arrays;

/**
 * The 256 values of dynamic tree quantisation (Dettmers 2016, arXiv:1511.04561), in the layout of bitsandbytes: seven
 * decades up to 1, each divided twice as finely as the one below it, and zero and one.
 *
 * @param signed both signs, down to 5.5e-7, for a mean of gradients; otherwise the sign's bit makes each decade twice
 *     as fine, down to 3.25e-7, for a mean of squares
 */
record DynamicMap(boolean signed) {

    private static final int SIZE = 256;
    private static final int DECADES = 7;

    /** The values, ascending: [256], of -1 to 1 or 0 to 1. */
    float[] values() {
        float[] values = new float[SIZE];
        int count = 0;
        for (int decade = 0; decade < DECADES; decade++) {
            int items = signed ? 1 << decade : 2 << decade;
            for (int item = 0; item < items; item++) {
                double fraction = 0.1 + 0.9 * (item + 0.5) / items;
                float value = (float) (fraction * Math.pow(10, decade + 1 - DECADES));
                values[count++] = value;
                if (signed) {
                    values[count++] = -value;
                }
            }
        }
        values[count] = 1;
        // The remaining value is zero.
        Arrays.sort(values);
        return values;
    }

    /** The upper bound of the interval of each value but the last: [255]. */
    float[] bounds() {
        float[] values = values();
        float[] bounds = new float[SIZE - 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = (values[i] + values[i + 1]) / 2;
        }
        if (!signed) {
            // A small mean of squares that is rounded to zero makes the denominator tiny. A weight whose gradient is
            // mostly zero
            // would then take a step that is hundreds of times too large.
            bounds[0] = 0;
        }
        return bounds;
    }
}
