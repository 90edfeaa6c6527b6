package dev.likeness.app.picture;

import dev.likeness.diffusion.data.RgbImage;

/**
 * Measures how blurred a picture is, without a reference picture. A blurred picture changes little when it is blurred
 * again (Crété-Roffet et al. 2007, "The Blur Effect"). The number of edges and their contrast have no influence, unlike
 * with the variance of the Laplacian. A sharp subject outweighs the blurred background of a portrait.
 */
final class BlurEffect {

    /** Number of averaged pixels, as in the paper. */
    private static final int FILTER = 9;

    private BlurEffect() {}

    /** From 0 (sharp, or without any edge) to 1 (blurred), for the direction with more blur. */
    static double of(RgbImage image) {
        float[] luma = Luma.of(image);
        int width = image.width();
        int height = image.height();
        return Math.max(along(luma, height, width, width, 1), along(luma, width, height, 1, width));
    }

    /**
     * The blur in one direction.
     *
     * @param lines how many there are
     * @param length of each
     * @param next from a line to the next
     * @param step from a pixel of a line to the next
     */
    private static double along(float[] luma, int lines, int length, int next, int step) {
        double variation = 0;
        double lost = 0;
        for (int line = 0; line < lines; line++) {
            int start = line * next;
            for (int i = 1; i < length; i++) {
                double before = Math.abs(luma[start + i * step] - luma[start + (i - 1) * step]);
                // Neighbouring means differ by the pixel that enters and the one that leaves.
                double entering = luma[start + inside(i + FILTER / 2, length) * step];
                double leaving = luma[start + inside(i - 1 - FILTER / 2, length) * step];
                double after = Math.abs(entering - leaving) / FILTER;
                variation += before;
                lost += Math.max(0, before - after);
            }
        }
        return variation == 0 ? 0 : (variation - lost) / variation;
    }

    private static int inside(int i, int length) {
        return Math.max(0, Math.min(length - 1, i));
    }
}
