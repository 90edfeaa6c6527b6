package dev.likeness.diffusion.evaluation;

import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.PillowResize.Filter;
import dev.likeness.diffusion.data.RgbImage;
import java.util.List;

/**
 * The middle of a picture, as a square of few pixels in CIELAB ({@link ColourEncoder}). {@link Details} compares its patches. It
 * needs no network, and small differences of a pixel count as much as they are seen.
 */
public final class DetailEncoder {

    /** Name of the encoder in scores. */
    public static final String ID = "CIELAB patches";

    /** Pixels of a side, so that pictures of every size are compared at the same scale. */
    static final int SIDE = 64;

    /** Components of a pixel. */
    static final int CHANNELS = 3;

    private DetailEncoder() {}

    /** For each picture L*, a* and b* of its pixels, in hundredths: [SIDE, SIDE, CHANNELS]. */
    public static float[][] embed(List<RgbImage> pictures) {
        return pictures.stream().map(DetailEncoder::embed).toArray(float[][]::new);
    }

    private static float[] embed(RgbImage picture) {
        RgbImage small = PillowResize.shortSide(picture, SIDE, Filter.BICUBIC);
        int left = (small.width() - SIDE) / 2;
        int top = (small.height() - SIDE) / 2;
        byte[] rgb = small.rgb();
        float[] square = new float[SIDE * SIDE * CHANNELS];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int at = CHANNELS * ((top + i / SIDE) * small.width() + left + i % SIDE);
            double[] lab = ColourEncoder.lab(rgb[at] & 0xFF, rgb[at + 1] & 0xFF, rgb[at + 2] & 0xFF);
            for (int channel = 0; channel < CHANNELS; channel++) {
                square[i * CHANNELS + channel] = (float) (lab[channel] / 100);
            }
        }
        return square;
    }
}
