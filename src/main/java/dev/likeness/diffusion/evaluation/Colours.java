package dev.likeness.diffusion.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * Chroma and hue of the pixels of pictures, in CIELAB (CIE 1976, D65). Each picture has the same weight.
 *
 * @param chroma mean of the pixels' chroma, 0 (grey) to about 134
 * @param chromaSpread standard deviation of the pixels' chroma
 * @param hue circular mean of the pixels' hue angles, weighted by chroma, in degrees from 0 to 360; null for grey pictures
 * @param hueSpread circular standard deviation of the hue angles, weighted by chroma, in degrees (Mardia and Jupp 2000,
 *     Directional Statistics, section 2.3); null for grey pictures
 */
public record Colours(
        double chroma,
        double chromaSpread,
        @Nullable Double hue,
        @Nullable Double hueSpread) {

    /** Chroma below which no eye sees a hue. */
    private static final double GREY = 0.05;

    /** @param summaries of pictures, by {@link ColourEncoder}, at least one */
    static Colours of(float[][] summaries) {
        double[] mean = new double[ColourEncoder.LENGTH];
        for (float[] each : summaries) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += each[i] / summaries.length;
            }
        }
        double chroma = mean[ColourEncoder.CHROMA];
        double spread = Math.sqrt(Math.max(0, mean[ColourEncoder.SQUARED_CHROMA] - chroma * chroma));
        double length = Math.hypot(mean[ColourEncoder.A], mean[ColourEncoder.B]);
        if (length < GREY) {
            return new Colours(chroma, spread, null, null);
        }
        double degrees = Math.toDegrees(Math.atan2(mean[ColourEncoder.B], mean[ColourEncoder.A]));
        // Rounding can make the mean vector longer than the mean length.
        double concentration = Math.min(1, length / chroma);
        return new Colours(
                chroma, spread, (degrees + 360) % 360, Math.toDegrees(Math.sqrt(-2 * Math.log(concentration))));
    }
}
