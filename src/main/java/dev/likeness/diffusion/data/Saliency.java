package dev.likeness.diffusion.data;

import java.util.Arrays;
import java.util.Optional;

/**
 * What stands out of a picture: the spectral residual, which is the part of the log amplitude spectrum that its neighbourhood
 * does not predict (Hou and Zhang 2007, "Saliency Detection: A Spectral Residual Approach", CVPR, equations 1 to 6). The
 * picture has a long side of 64 pixels and is gray. The map is smoothed with a Gaussian of sigma 2.5, as in the authors' code, over
 * 9 by 9 positions.
 */
public final class Saliency {

    private static final int CHANNELS = 3;
    private static final int SIDE = 64;
    private static final int AVERAGE = 1;
    private static final int SMOOTHING = 4;
    private static final double SIGMA = 2.5;
    /** The paper's: what stands out has more than three times the mean. */
    private static final double OBJECT = 3;
    /** Smaller amplitudes are rounding errors, whose logarithm and phase say nothing. */
    private static final double LEAST = 1e-9;

    private final int width;
    private final int height;

    private Saliency(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * The middle of what stands out: the centroid of all positions with more than three times the mean saliency, as the paper
     * detects objects. If there are none, it is the position with the most.
     *
     * @return empty if the picture has one colour
     */
    public static Optional<Focus> focus(RgbImage image) {
        double scale = (double) SIDE / Math.max(image.width(), image.height());
        RgbImage small = PillowResize.bicubic(image, side(image.width(), scale), side(image.height(), scale));
        double[] gray = gray(small);
        if (Arrays.stream(gray).allMatch(value -> value == gray[0])) {
            return Optional.empty();
        }
        double[] map = map(gray, small.width(), small.height());
        double threshold = Math.min(
                OBJECT * Arrays.stream(map).average().orElseThrow(),
                Arrays.stream(map).max().orElseThrow());
        double sum = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i < map.length; i++) {
            if (map[i] >= threshold) {
                sum += map[i];
                x += map[i] * (i % small.width() + 0.5);
                y += map[i] * (i / small.width() + 0.5);
            }
        }
        return Optional.of(
                new Focus(x / sum * image.width() / small.width(), y / sum * image.height() / small.height()));
    }

    private static int side(int length, double scale) {
        return Math.max(1, (int) Math.round(length * scale));
    }

    /** Rec. 601 luma, 0 to 255. */
    static double[] gray(RgbImage image) {
        double[] gray = new double[image.width() * image.height()];
        for (int i = 0; i < gray.length; i++) {
            gray[i] = 0.299 * (image.rgb()[i * CHANNELS] & 0xff)
                    + 0.587 * (image.rgb()[i * CHANNELS + 1] & 0xff)
                    + 0.114 * (image.rgb()[i * CHANNELS + 2] & 0xff);
        }
        return gray;
    }

    /**
     * The saliency of each position.
     *
     * @param gray [height, width], row-major
     */
    static double[] map(double[] gray, int width, int height) {
        return new Saliency(width, height).map(gray);
    }

    private double[] map(double[] gray) {
        double[] real = gray.clone();
        double[] imaginary = new double[real.length];
        transformInPlace(real, imaginary, -1);
        double[] amplitude = new double[real.length];
        double[] log = new double[real.length];
        double floor = 0;
        for (int i = 0; i < real.length; i++) {
            amplitude[i] = Math.hypot(real[i], imaginary[i]);
            floor = Math.max(floor, amplitude[i] * LEAST);
        }
        for (int i = 0; i < real.length; i++) {
            log[i] = Math.log(Math.max(amplitude[i], floor));
        }
        for (int i = 0; i < real.length; i++) {
            double residual = Math.exp(log[i] - average(log, i % width, i / width));
            real[i] = amplitude[i] < floor ? residual : residual * real[i] / amplitude[i];
            imaginary[i] = amplitude[i] < floor ? 0 : residual * imaginary[i] / amplitude[i];
        }
        transformInPlace(real, imaginary, 1);
        double[] map = new double[real.length];
        for (int i = 0; i < map.length; i++) {
            double squared = real[i] * real[i] + imaginary[i] * imaginary[i];
            map[i] = squared / ((double) map.length * map.length);
        }
        return smoothed(map);
    }

    /** The mean of 3x3 positions. Those beyond the edge are those at the edge. */
    private double average(double[] values, int x, int y) {
        double sum = 0;
        for (int dy = -AVERAGE; dy <= AVERAGE; dy++) {
            for (int dx = -AVERAGE; dx <= AVERAGE; dx++) {
                sum += values[inside(y + dy, height) * width + inside(x + dx, width)];
            }
        }
        return sum / 9;
    }

    private static int inside(int at, int length) {
        return Math.max(0, Math.min(length - 1, at));
    }

    private double[] smoothed(double[] map) {
        double[] kernel = new double[2 * SMOOTHING + 1];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = Math.exp(-Math.pow((i - SMOOTHING) / SIGMA, 2) / 2);
        }
        double sum = Arrays.stream(kernel).sum();
        double[] across = new double[map.length];
        double[] both = new double[map.length];
        for (int i = 0; i < map.length; i++) {
            for (int k = -SMOOTHING; k <= SMOOTHING; k++) {
                int x = i % width + k;
                across[i] += x < 0 || x >= width ? 0 : kernel[k + SMOOTHING] / sum * map[i + k];
            }
        }
        for (int i = 0; i < map.length; i++) {
            for (int k = -SMOOTHING; k <= SMOOTHING; k++) {
                int y = i / width + k;
                both[i] += y < 0 || y >= height ? 0 : kernel[k + SMOOTHING] / sum * across[i + k * width];
            }
        }
        return both;
    }

    /** The two-dimensional Fourier transform, without a factor. */
    private void transformInPlace(double[] real, double[] imaginary, int sign) {
        for (int y = 0; y < height; y++) {
            lineInPlace(real, imaginary, y * width, 1, width, sign);
        }
        for (int x = 0; x < width; x++) {
            lineInPlace(real, imaginary, x, width, height, sign);
        }
    }

    /** At most 64 numbers of a row or a column, so a sum for each frequency is fast enough. */
    private static void lineInPlace(double[] real, double[] imaginary, int start, int stride, int count, int sign) {
        double[] a = new double[count];
        double[] b = new double[count];
        for (int k = 0; k < count; k++) {
            for (int n = 0; n < count; n++) {
                double angle = sign * 2 * Math.PI * (k * n % count) / count;
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                a[k] += real[start + n * stride] * cos - imaginary[start + n * stride] * sin;
                b[k] += real[start + n * stride] * sin + imaginary[start + n * stride] * cos;
            }
        }
        for (int k = 0; k < count; k++) {
            real[start + k * stride] = a[k];
            imaginary[start + k * stride] = b[k];
        }
    }
}
