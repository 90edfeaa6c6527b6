package dev.likeness.diffusion.data;

import java.util.List;

/** The possible square crops of a picture whose short side is resized to the side of the square, as inputs of an autoencoder. */
public final class TrainingCrops {

    private static final int CHANNELS = 3;

    private final RgbImage resized;
    private final List<TrainingFrame> frames;

    private TrainingCrops(RgbImage image, List<TrainingFrame> frames) {
        this.resized = frames.get(0).resized(image);
        this.frames = frames;
    }

    /** The middle crop only. */
    public static TrainingCrops middle(RgbImage image, int side) {
        return new TrainingCrops(image, List.of(TrainingFrame.middle(image.width(), image.height(), side)));
    }

    /** Every crop, from the left or the top, one pixel apart. */
    public static TrainingCrops all(RgbImage image, int side) {
        return new TrainingCrops(image, TrainingFrame.all(image.width(), image.height(), side));
    }

    public int count() {
        return frames.size();
    }

    /** @param number from 0 on */
    public TrainingFrame frame(int number) {
        return frames.get(number);
    }

    /**
     * The pixels of a crop.
     *
     * @param number from 0 on
     * @param mirrored whether left and right are swapped
     * @return [3, side, side] in [-1, 1], row-major
     */
    public float[] values(int number, boolean mirrored) {
        RgbImage square = frame(number).cut(resized);
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
