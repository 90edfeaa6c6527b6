package dev.likeness.diffusion.data;

/** Parts of pictures. */
public final class Crop {

    private static final int CHANNELS = 3;

    private Crop() {}

    /** A copy of a part inside the picture. */
    public static RgbImage of(RgbImage image, int left, int top, int width, int height) {
        byte[] rgb = new byte[width * height * CHANNELS];
        for (int y = 0; y < height; y++) {
            int from = ((top + y) * image.width() + left) * CHANNELS;
            System.arraycopy(image.rgb(), from, rgb, y * width * CHANNELS, width * CHANNELS);
        }
        return new RgbImage(width, height, rgb);
    }
}
