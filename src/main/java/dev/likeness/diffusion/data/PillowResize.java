package dev.likeness.diffusion.data;

/**
 * Pillow's antialiased resampling of 8-bit pictures, equal to it bit for bit: a horizontal and a vertical pass, each in
 * fixed point with the result rounded to 8 bits. The encoders of the scores were trained on pictures that were resized
 * like this. AWT's resampling does not antialias.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c">Resample.c</a>
 */
public final class PillowResize {

    private static final int CHANNELS = 3;

    /** Pillow's: 8 bits for the value, 2 for the overshoot of negative weights, the rest for precision. */
    private static final int PRECISION_BITS = 32 - 8 - 2;

    private PillowResize() {}

    /** The weight of a pixel by its distance. */
    public enum Filter {
        BILINEAR(1) {
            @Override
            double at(double distance) {
                return Math.max(0, 1 - distance);
            }
        },
        /** Keys' cubic with a = -0.5; AWT and OpenCV take -0.75. */
        BICUBIC(2) {
            @Override
            double at(double distance) {
                if (distance < 1) {
                    return ((A + 2) * distance - (A + 3)) * distance * distance + 1;
                }
                return distance < 2 ? (((distance - 5) * distance + 8) * distance - 4) * A : 0;
            }
        };

        private static final double A = -0.5;

        private final double support;

        Filter(double support) {
            this.support = support;
        }

        abstract double at(double distance);
    }

    /**
     * Resizes to exactly {@code width} by {@code height} pixels, like {@code Image.resize((width, height), BICUBIC)}. A
     * picture of that size is returned unchanged.
     */
    public static RgbImage bicubic(RgbImage image, int width, int height) {
        return resize(image, width, height, Filter.BICUBIC);
    }

    /** Resizes to exactly {@code width} by {@code height} pixels, like {@code Image.resize((width, height), filter)}. */
    public static RgbImage resize(RgbImage image, int width, int height, Filter filter) {
        RgbImage wide = image.width() == width ? image : horizontal(image, width, filter);
        return wide.height() == height ? wide : vertical(wide, height, filter);
    }

    /**
     * Resizes so that the short side has {@code side} pixels and the long one keeps the proportion, rounded down as
     * transformers and torchvision do.
     */
    public static RgbImage shortSide(RgbImage image, int side, Filter filter) {
        int width = image.width();
        int height = image.height();
        return width <= height
                ? resize(image, side, (int) ((long) side * height / width), filter)
                : resize(image, (int) ((long) side * width / height), side, filter);
    }

    private static RgbImage horizontal(RgbImage image, int width, Filter filter) {
        Weights weights = Weights.of(image.width(), width, filter);
        byte[] from = image.rgb();
        byte[] to = new byte[width * image.height() * CHANNELS];
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width() * CHANNELS;
            for (int x = 0; x < width; x++) {
                int start = row + weights.first[x] * CHANNELS;
                weights.apply(x, from, start, CHANNELS, to, (y * width + x) * CHANNELS);
            }
        }
        return new RgbImage(width, image.height(), to);
    }

    private static RgbImage vertical(RgbImage image, int height, Filter filter) {
        Weights weights = Weights.of(image.height(), height, filter);
        byte[] from = image.rgb();
        int stride = image.width() * CHANNELS;
        byte[] to = new byte[stride * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < image.width(); x++) {
                int start = weights.first[y] * stride + x * CHANNELS;
                weights.apply(y, from, start, stride, to, y * stride + x * CHANNELS);
            }
        }
        return new RgbImage(image.width(), height, to);
    }

    /** The input pixels of each output pixel along one side, with their weights in fixed point. */
    private record Weights(int[] first, int[][] fixed) {

        static Weights of(int in, int out, Filter filter) {
            double scale = (double) in / out;
            double filterScale = Math.max(scale, 1);
            double support = filter.support * filterScale;
            int[] first = new int[out];
            int[][] fixed = new int[out][];
            for (int i = 0; i < out; i++) {
                double center = (i + 0.5) * scale;
                int from = Math.max(0, (int) (center - support + 0.5));
                int to = Math.min(in, (int) (center + support + 0.5));
                double[] k = new double[to - from];
                double sum = 0;
                for (int x = 0; x < k.length; x++) {
                    k[x] = filter.at(Math.abs((x + from - center + 0.5) * (1 / filterScale)));
                    sum += k[x];
                }
                first[i] = from;
                fixed[i] = fixed(k, sum);
            }
            return new Weights(first, fixed);
        }

        private static int[] fixed(double[] k, double sum) {
            int[] fixed = new int[k.length];
            for (int x = 0; x < k.length; x++) {
                double weight = (sum == 0 ? k[x] : k[x] / sum) * (1 << PRECISION_BITS);
                fixed[x] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
            }
            return fixed;
        }

        /** Sums the three channels of output pixel {@code i} over input pixels that lie {@code stride} bytes apart. */
        private void apply(int i, byte[] from, int start, int stride, byte[] to, int at) {
            int[] k = fixed[i];
            int red = 1 << (PRECISION_BITS - 1);
            int green = red;
            int blue = red;
            for (int x = 0, p = start; x < k.length; x++, p += stride) {
                red += (from[p] & 0xff) * k[x];
                green += (from[p + 1] & 0xff) * k[x];
                blue += (from[p + 2] & 0xff) * k[x];
            }
            to[at] = clip(red);
            to[at + 1] = clip(green);
            to[at + 2] = clip(blue);
        }

        private static byte clip(int sum) {
            return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
        }
    }
}
