package dev.likeness.diffusion.evaluation;

import dev.likeness.diffusion.data.RgbImage;
import java.util.Arrays;
import java.util.List;

/**
 * Summarises the colours of pictures in CIELAB (CIE 15:2004, section 8.2.1), from sRGB (IEC 61966-2-1) with white point D65
 * of the 2 degree observer. A large picture is sampled on a grid.
 */
public final class ColourEncoder {

    /** Name of the encoder in scores. */
    public static final String ID = "CIELAB";

    static final int CHROMA = 0;
    static final int SQUARED_CHROMA = 1;
    static final int A = 2;
    static final int B = 3;
    static final int LENGTH = 4;

    /** About the most pixels of a picture that are read. */
    private static final int PIXELS = 1 << 18;

    /** CIE XYZ of linear sRGB, in rows. */
    private static final double[][] XYZ = {
        {0.412453, 0.357580, 0.180423}, {0.212671, 0.715160, 0.072169}, {0.019334, 0.119193, 0.950227}
    };

    private static final double[] WHITE = {0.95047, 1, 1.08883};

    private static final double[] LINEAR = new double[256];

    static {
        Arrays.setAll(LINEAR, i -> {
            double value = i / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        });
    }

    private ColourEncoder() {}

    /** For each picture the means of chroma, of squared chroma, of a* and of b* over its pixels. */
    public static float[][] summarise(List<RgbImage> pictures) {
        return pictures.stream().map(ColourEncoder::summarise).toArray(float[][]::new);
    }

    static double[] chromas(float[][] summaries) {
        return Arrays.stream(summaries).mapToDouble(it -> it[CHROMA]).toArray();
    }

    private static float[] summarise(RgbImage picture) {
        double[] sums = new double[LENGTH];
        int stride = (int) Math.ceil(Math.sqrt((double) picture.width() * picture.height() / PIXELS));
        int count = 0;
        for (int y = 0; y < picture.height(); y += stride) {
            for (int x = 0; x < picture.width(); x += stride) {
                add(sums, picture.rgb(), 3 * (y * picture.width() + x));
                count++;
            }
        }
        float[] means = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            means[i] = (float) (sums[i] / count);
        }
        return means;
    }

    private static void add(double[] sums, byte[] rgb, int at) {
        double[] lab = lab(rgb[at] & 0xFF, rgb[at + 1] & 0xFF, rgb[at + 2] & 0xFF);
        double squared = lab[1] * lab[1] + lab[2] * lab[2];
        sums[CHROMA] += Math.sqrt(squared);
        sums[SQUARED_CHROMA] += squared;
        sums[A] += lab[1];
        sums[B] += lab[2];
    }

    /**
     * L*, a* and b* of a colour.
     *
     * @param red 0 to 255, as are the others
     */
    static double[] lab(int red, int green, int blue) {
        double[] f = new double[3];
        for (int i = 0; i < f.length; i++) {
            double relative =
                    (XYZ[i][0] * LINEAR[red] + XYZ[i][1] * LINEAR[green] + XYZ[i][2] * LINEAR[blue]) / WHITE[i];
            f[i] = relative > 216.0 / 24389 ? Math.cbrt(relative) : (24389.0 / 27 * relative + 16) / 116;
        }
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }
}
