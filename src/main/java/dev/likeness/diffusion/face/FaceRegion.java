package dev.likeness.diffusion.face;

import java.util.Arrays;
import java.util.Optional;

/**
 * The part of a training picture, or of its latent, that the facial loss covers.
 *
 * @param x from the left
 * @param y from the top
 * @param width at least 1
 * @param height at least 1
 * @param wholeWidth of the picture or latent that it is a part of
 * @param wholeHeight of the picture or latent that it is a part of
 */
public record FaceRegion(int x, int y, int width, int height, int wholeWidth, int wholeHeight) {

    public FaceRegion {
        if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > wholeWidth || y + height > wholeHeight) {
            throw new IllegalArgumentException(
                    "no region: %d, %d, %dx%d of %dx%d".formatted(x, y, width, height, wholeWidth, wholeHeight));
        }
    }

    /** A part of a square. */
    FaceRegion(int x, int y, int width, int height, int side) {
        this(x, y, width, height, side, side);
    }

    static Optional<FaceRegion> between(
            double left, double top, double right, double bottom, int wholeWidth, int wholeHeight) {
        int x = (int) Math.max(0, Math.floor(left));
        int y = (int) Math.max(0, Math.floor(top));
        int width = (int) Math.min(wholeWidth, Math.ceil(right)) - x;
        int height = (int) Math.min(wholeHeight, Math.ceil(bottom)) - y;
        return width < 1 || height < 1
                ? Optional.empty()
                : Optional.of(new FaceRegion(x, y, width, height, wholeWidth, wholeHeight));
    }

    /**
     * The cells of the latent that cover any pixel of the region.
     *
     * @param factor pixels of a side of a cell; divides the picture's sides
     */
    public FaceRegion inLatent(int factor) {
        if (factor < 1 || wholeWidth % factor != 0 || wholeHeight % factor != 0) {
            throw new IllegalArgumentException(
                    "%dx%d pixels are no whole cells of %d".formatted(wholeWidth, wholeHeight, factor));
        }
        int left = x / factor;
        int top = y / factor;
        return new FaceRegion(
                left,
                top,
                upwards(x + width, factor) - left,
                upwards(y + height, factor) - top,
                wholeWidth / factor,
                wholeHeight / factor);
    }

    /**
     * The region as a mask.
     *
     * @return [wholeHeight, wholeWidth], row-major: 1 inside, 0 outside
     */
    public float[] mask() {
        float[] mask = new float[wholeWidth * wholeHeight];
        for (int row = y; row < y + height; row++) {
            Arrays.fill(mask, row * wholeWidth + x, row * wholeWidth + x + width, 1);
        }
        return mask;
    }

    private static int upwards(int length, int factor) {
        return (length + factor - 1) / factor;
    }
}
