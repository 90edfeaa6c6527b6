package dev.likeness.app.picture;

import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.RgbImage;
import java.util.Arrays;

/**
 * A hash that changes little when a picture is scaled, recompressed, brightened or slightly cropped. Each bit says
 * whether one of the 64 lowest frequencies is stronger than the median (Zauner 2010, "Implementation and Benchmarking
 * of Perceptual Image Hash Functions", section 3.2).
 */
public final class PerceptualHash {

    private static final int SIDE = 32;
    private static final int LOW = 8;

    /** [LOW, SIDE]: the first rows of the discrete cosine transform. */
    private static final double[][] COSINES = cosines();

    private PerceptualHash() {}

    public static long of(RgbImage image) {
        float[] luma = Luma.of(PillowResize.bicubic(image, SIDE, SIDE));
        double[] strengths = new double[LOW * LOW];
        for (int v = 0; v < LOW; v++) {
            for (int u = 0; u < LOW; u++) {
                strengths[v * LOW + u] = strength(luma, u, v);
            }
        }
        double median = median(strengths);
        long hash = 0;
        for (double strength : strengths) {
            hash = hash << 1 | (strength > median ? 1 : 0);
        }
        return hash;
    }

    /** Number of different bits: 0 to 64, about 32 between unrelated pictures. */
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    private static double strength(float[] luma, int u, int v) {
        double sum = 0;
        for (int y = 0; y < SIDE; y++) {
            double row = 0;
            for (int x = 0; x < SIDE; x++) {
                row += luma[y * SIDE + x] * COSINES[u][x];
            }
            sum += row * COSINES[v][y];
        }
        return sum;
    }

    /** Leaves out the first, which is the mean brightness and larger than all others. */
    private static double median(double[] strengths) {
        double[] sorted = Arrays.copyOfRange(strengths, 1, strengths.length);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double[][] cosines() {
        double[][] cosines = new double[LOW][SIDE];
        for (int u = 0; u < LOW; u++) {
            for (int x = 0; x < SIDE; x++) {
                cosines[u][x] = Math.cos(Math.PI * (2 * x + 1) * u / (2 * SIDE));
            }
        }
        return cosines;
    }
}
