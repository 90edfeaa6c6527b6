package dev.likeness.diffusion.data;

/**
 * A decoded picture: 8-bit sRGB, rows from the top, three bytes per pixel in the order red, green, blue.
 *
 * @param width pixels, at least 1
 * @param height pixels, at least 1
 * @param rgb {@code width * height * 3} bytes; not copied, so they must not be changed
 */
public record RgbImage(int width, int height, byte[] rgb) {

    public RgbImage {
        if (width < 1 || height < 1 || rgb.length != (long) width * height * 3) {
            throw new IllegalArgumentException(
                    "%d bytes are not a %dx%d RGB picture".formatted(rgb.length, width, height));
        }
    }
}
