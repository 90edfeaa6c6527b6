package dev.likeness.diffusion.data;

/**
 * A part of a picture, as shares of its width and height.
 *
 * @param x left edge, 0 or more
 * @param y top edge, 0 or more
 * @param width above 0; the part ends inside the picture
 * @param height above 0
 */
public record CropBox(double x, double y, double width, double height) {

    /** Decimal fractions need not add up to exactly 1. */
    private static final double ROUNDING = 1e-9;

    public CropBox {
        if (!isInside(x, width) || !isInside(y, height)) {
            throw new IllegalArgumentException("no box: %s, %s, %s, %s".formatted(x, y, width, height));
        }
    }

    /** Whether a part of a side lies inside the side. */
    public static boolean isInside(double from, double length) {
        return from >= 0 && length > 0 && from + length <= 1 + ROUNDING;
    }

    /** A copy of this part, with its edges at the nearest pixels; at least one pixel. */
    public RgbImage of(RgbImage image) {
        int left = start(x, image.width());
        int top = start(y, image.height());
        return Crop.of(
                image,
                left,
                top,
                end(x + width, left, image.width()) - left,
                end(y + height, top, image.height()) - top);
    }

    private static int start(double share, int length) {
        return (int) Math.min(length - 1, Math.round(share * length));
    }

    private static int end(double share, int start, int length) {
        return (int) Math.max(start + 1, Math.min(length, Math.round(share * length)));
    }
}
