package dev.likeness.app.picture;

import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.RgbImage;
import java.util.Arrays;

/**
 * The colours of a region of a picture, without their positions.
 *
 * @param lightness sorted, L* of CIE 1976 L*a*b*
 * @param red sorted, a*
 * @param yellow sorted, b*
 */
public record Colours(double[] lightness, double[] red, double[] yellow) {

    private static final int SIDE = 24;
    private static final int EDGE = 3;
    private static final int MARGIN = 6;

    private static final double[] LINEAR = linear();

    /** The colours along the four edges, in a border of an eighth of the side. */
    static Colours ofEdges(RgbImage image) {
        return of(image, true);
    }

    /** The colours of the middle, half the side wide. */
    static Colours ofMiddle(RgbImage image) {
        return of(image, false);
    }

    private static Colours of(RgbImage image, boolean edges) {
        byte[] rgb = PillowResize.bicubic(image, SIDE, SIDE).rgb();
        double[][] axes = new double[3][SIDE * SIDE];
        int count = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            int toEdge = Math.min(Math.min(x, SIDE - 1 - x), Math.min(y, SIDE - 1 - y));
            if (edges ? toEdge < EDGE : toEdge >= MARGIN) {
                lab(rgb, 3 * i, axes, count++);
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            axes[axis] = Arrays.copyOf(axes[axis], count);
            Arrays.sort(axes[axis]);
        }
        return new Colours(axes[0], axes[1], axes[2]);
    }

    /**
     * The distance to another region: the sum of the earth mover's distances along the three axes. 0 if they are the
     * same; the just noticeable difference of two colours is 2.
     */
    public double distance(Colours other) {
        return distance(lightness, other.lightness) + distance(red, other.red) + distance(yellow, other.yellow);
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs(one[i] - other[i]);
        }
        return sum / one.length;
    }

    /** sRGB under D65. */
    private static void lab(byte[] rgb, int at, double[][] axes, int to) {
        double r = LINEAR[rgb[at] & 0xff];
        double g = LINEAR[rgb[at + 1] & 0xff];
        double b = LINEAR[rgb[at + 2] & 0xff];
        double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        double y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
        axes[0][to] = 116 * y - 16;
        axes[1][to] = 500 * (x - y);
        axes[2][to] = 200 * (y - z);
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : 841.0 / 108 * t + 4.0 / 29;
    }

    private static double[] linear() {
        double[] linear = new double[256];
        for (int i = 0; i < linear.length; i++) {
            double value = i / 255.0;
            linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return linear;
    }
}
