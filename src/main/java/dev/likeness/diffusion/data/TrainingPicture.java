package dev.likeness.diffusion.data;

/** Pictures as a VAE takes them. */
public final class TrainingPicture {

    private static final int CHANNELS = 3;

    private TrainingPicture() {}

    /**
     * Resizes the short side to {@code side} and crops the middle out.
     *
     * @param mirrored whether left and right change places
     * @return [3, side, side] in [-1, 1], row-major
     */
    public static float[] prepare(RgbImage image, int side, boolean mirrored) {
        RgbImage resized = PillowResize.shortSide(image, side);
        RgbImage square = Crop.of(resized, middle(resized.width(), side), middle(resized.height(), side), side, side);
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

    /** As torchvision's CenterCrop: half a pixel goes to the even side. */
    private static int middle(int length, int part) {
        return (int) Math.rint((length - part) / 2.0);
    }
}
