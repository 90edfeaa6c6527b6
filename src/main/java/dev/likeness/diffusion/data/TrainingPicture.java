package dev.likeness.diffusion.data;

/**
 * The input of a VAE: a picture with its short side resized, cropped to a square.
 *
 * @param square the training picture
 * @param frame of the square
 */
public record TrainingPicture(RgbImage square, TrainingFrame frame) {

    private static final int CHANNELS = 3;

    /** Resizes the short side to {@code side} and crops the middle. */
    public static TrainingPicture of(RgbImage image, int side) {
        return TrainingCrops.middle(image, side).get(0);
    }

    /**
     * The pixels.
     *
     * @param mirrored whether left and right are swapped
     * @return [3, side, side] in [-1, 1], row-major
     */
    public float[] values(boolean mirrored) {
        int side = square.width();
        int plane = side * side;
        float[] values = new float[CHANNELS * plane];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int from = (y * side + (mirrored ? side - 1 - x : x)) * CHANNELS;
                for (int c = 0; c < CHANNELS; c++) {
                    values[c * plane + y * side + x] = (square.rgb()[from + c] & 0xff) / 127.5f - 1;
                }
            }
        }
        return values;
    }
}
