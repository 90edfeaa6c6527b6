package dev.likeness.diffusion.data;

import java.util.List;

/** The possible square crops of a picture whose short side is resized to the side of the square. */
public final class TrainingCrops {

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

    /** @param number from 0 on */
    public TrainingPicture get(int number) {
        TrainingFrame frame = frame(number);
        return new TrainingPicture(frame.cut(resized), frame);
    }
}
