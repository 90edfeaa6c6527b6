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
 * @param side of the square picture or latent that it is a part of
 */
public record FaceRegion(int x, int y, int width, int height, int side) {

    public FaceRegion {
        if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > side || y + height > side) {
            throw new IllegalArgumentException("no region: %d, %d, %dx%d of %d".formatted(x, y, width, height, side));
        }
    }

    static Optional<FaceRegion> between(double left, double top, double right, double bottom, int side) {
        int x = (int) Math.max(0, Math.floor(left));
        int y = (int) Math.max(0, Math.floor(top));
        int width = (int) Math.min(side, Math.ceil(right)) - x;
        int height = (int) Math.min(side, Math.ceil(bottom)) - y;
        return width < 1 || height < 1 ? Optional.empty() : Optional.of(new FaceRegion(x, y, width, height, side));
    }

    /**
     * The cells of the latent that cover any pixel of the region.
     *
     * @param factor pixels of a side of a cell; divides the picture's side
     */
    public FaceRegion inLatent(int factor) {
        if (factor < 1 || side % factor != 0) {
            throw new IllegalArgumentException("%d pixels are no whole cells of %d".formatted(side, factor));
        }
        int left = x / factor;
        int top = y / factor;
        return new FaceRegion(
                left, top, upwards(x + width, factor) - left, upwards(y + height, factor) - top, side / factor);
    }

    /**
     * The region as a mask.
     *
     * @return [side, side], row-major: 1 inside, 0 outside
     */
    public float[] mask() {
        float[] mask = new float[side * side];
        for (int row = y; row < y + height; row++) {
            Arrays.fill(mask, row * side + x, row * side + x + width, 1);
        }
        return mask;
    }

    private static int upwards(int length, int factor) {
        return (length + factor - 1) / factor;
    }
}
