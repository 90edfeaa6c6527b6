package dev.likeness.diffusion.sampling;

/** Decoded images to pixels. */
public final class Pixels {

    private static final int CHANNELS = 3;
    private static final int WHITE = 255;

    private Pixels() {}

    /** Rounds [3, H, W] in [0, 1] to 8-bit pixels, three bytes each, rows from the top. */
    public static byte[] toRgb(float[] image) {
        int pixels = image.length / CHANNELS;
        byte[] rgb = new byte[image.length];
        for (int c = 0; c < CHANNELS; c++) {
            for (int i = 0; i < pixels; i++) {
                // Half to even, as numpy rounds.
                rgb[i * CHANNELS + c] = (byte) Math.rint(image[c * pixels + i] * WHITE);
            }
        }
        return rgb;
    }
}
