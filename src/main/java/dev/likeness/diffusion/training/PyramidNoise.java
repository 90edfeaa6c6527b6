package dev.likeness.diffusion.training;

import dev.likeness.diffusion.family.LatentMoments;
import java.util.ArrayList;
import java.util.List;

/**
 * Noise with low frequencies (Whitaker 2023, "Multi-resolution noise for diffusion model training"), as in kohya's scripts: the
 * sum of noise and of ever coarser noise, bilinearly enlarged, divided by its standard deviation. kohya's scripts take the
 * ratios and the deviation of a whole batch, this class those of one picture, so that they do not depend on the batch.
 */
final class PyramidNoise {

    private static final double LEAST_RATIO = 2;
    private static final double MORE_RATIO = 2;

    private final int iterations;
    private final double discount;

    /**
     * @param iterations most coarser noises; the last one has a side of one position
     * @param discount factor of each coarser noise to the one before, 0 to 1
     */
    PyramidNoise(int iterations, double discount) {
        this.iterations = iterations;
        this.discount = discount;
    }

    /** The random numbers of one picture. */
    interface Draws {

        /** From 0 to below 1. */
        double uniform(int iteration);

        /** Standard normal. */
        float[] normal(int length);
    }

    /** Adds coarser noise to noise of a size, and divides the sum by its standard deviation. */
    float[] of(float[] noise, LatentMoments.Size size, Draws draws) {
        List<LatentMoments.Size> levels = levels(size, draws);
        float[] normal = draws.normal(
                levels.stream().mapToInt(LatentMoments.Size::length).sum());
        double[] sum = new double[noise.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = noise[i];
        }
        int from = 0;
        double factor = 1;
        for (LatentMoments.Size level : levels) {
            addEnlarged(sum, size, normal, from, level, factor);
            from += level.length();
            factor *= discount;
        }
        return unit(sum);
    }

    private List<LatentMoments.Size> levels(LatentMoments.Size size, Draws draws) {
        List<LatentMoments.Size> levels = new ArrayList<>();
        boolean coarsest = false;
        for (int i = 0; i < iterations && !coarsest; i++) {
            double divisor = Math.pow(LEAST_RATIO + MORE_RATIO * draws.uniform(i), i);
            int height = Math.max(1, (int) (size.height() / divisor));
            int width = Math.max(1, (int) (size.width() / divisor));
            levels.add(new LatentMoments.Size(size.channels(), height, width));
            coarsest = height == 1 || width == 1;
        }
        return levels;
    }

    /** Bilinear, with the corners of the outer pixels on each other, as torch's Upsample does by default. */
    private static void addEnlarged(
            double[] sum, LatentMoments.Size size, float[] small, int from, LatentMoments.Size level, double factor) {
        for (int i = 0; i < sum.length; i++) {
            int channel = from + i / size.plane() * level.plane();
            double y = place(i % size.plane() / size.width(), level.height(), size.height());
            double x = place(i % size.width(), level.width(), size.width());
            int top = channel + (int) y * level.width();
            int bottom = channel + Math.min((int) y + 1, level.height() - 1) * level.width();
            int left = (int) x;
            int right = Math.min(left + 1, level.width() - 1);
            double upper = small[top + left] + (x - left) * (small[top + right] - small[top + left]);
            double lower = small[bottom + left] + (x - left) * (small[bottom + right] - small[bottom + left]);
            sum[i] += factor * (upper + (y - (int) y) * (lower - upper));
        }
    }

    private static double place(int position, int small, int large) {
        return Math.max(0, (position + 0.5) * small / large - 0.5);
    }

    /** Divided by the standard deviation, whose sum of squares is divided by one less than their number. */
    private static float[] unit(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (values.length - 1));
        float[] unit = new float[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (values[i] / deviation);
        }
        return unit;
    }
}
