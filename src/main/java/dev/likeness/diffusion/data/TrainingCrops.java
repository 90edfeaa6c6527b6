package dev.likeness.diffusion.data;

import java.util.List;

/** Crops of a picture that is resized to one size, as inputs of an autoencoder. */
public final class TrainingCrops {

    private static final int CHANNELS = 3;

    private final RgbImage resized;
    private final List<TrainingFrame> frames;

    /** @param frames of one size, at least one */
    public TrainingCrops(RgbImage image, List<TrainingFrame> frames) {
        this.resized = frames.get(0).resized(image);
        this.frames = frames;
    }

    /** The square in the middle only. */
    public static TrainingCrops middle(RgbImage image, int side) {
        return new TrainingCrops(image, List.of(TrainingFrame.middle(image.width(), image.height(), side)));
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
     * @return [3, height, width] in [-1, 1], row-major
     */
    public float[] values(int number, boolean mirrored) {
        RgbImage part = frame(number).cut(resized);
        int width = part.width();
        int height = part.height();
        int plane = width * height;
        float[] values = new float[CHANNELS * plane];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y * width + (mirrored ? width - 1 - x : x)) * CHANNELS;
                for (int c = 0; c < CHANNELS; c++) {
                    values[c * plane + y * width + x] = (part.rgb()[from + c] & 0xff) / 127.5f - 1;
                }
            }
        }
        return values;
    }
}
