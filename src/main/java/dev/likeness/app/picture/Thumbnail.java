package dev.likeness.app.picture;

import dev.likeness.diffusion.data.PillowResize;
import dev.likeness.diffusion.data.RgbImage;

/** Small copies of pictures, for lists. */
public final class Thumbnail {

    /** Longer side in pixels. */
    public static final int SIDE = 256;

    private Thumbnail() {}

    /** The picture with a longer side of at most {@value #SIDE} pixels. A smaller picture is returned unchanged. */
    public static RgbImage of(RgbImage image) {
        double scale = (double) SIDE / Math.max(image.width(), image.height());
        return scale >= 1
                ? image
                : PillowResize.bicubic(image, side(image.width(), scale), side(image.height(), scale));
    }

    private static int side(int pixels, double scale) {
        return Math.max(1, (int) Math.round(pixels * scale));
    }
}
