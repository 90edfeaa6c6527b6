package dev.likeness.app.worker.task;

import org.jspecify.annotations.Nullable;

/** The remaining time of a task, estimated from the time of its images and training steps so far. */
public final class Forecast {

    private int imagesLeft;
    private int stepsLeft;
    private final Rate images = new Rate();
    private final Rate steps = new Rate();

    /**
     * @param images total number to generate, including those of the base model
     * @param steps total number of training steps
     */
    public Forecast(int images, int steps) {
        this.imagesLeft = images;
        this.stepsLeft = steps;
    }

    public void imagesGenerated(int count, double seconds) {
        imagesLeft -= count;
        images.add(count, seconds);
    }

    /** Images that an earlier attempt or job has generated. */
    public void imagesFound(int count) {
        imagesLeft -= count;
    }

    public void stepsTaken(int count, double seconds) {
        stepsLeft -= count;
        steps.add(count, seconds);
    }

    /** Steps of an earlier attempt. */
    public void stepsFound(int count) {
        stepsLeft -= count;
    }

    /** Only these images remain, regardless of the plan. */
    public void onlyImagesLeft(int count) {
        imagesLeft = count;
        stepsLeft = 0;
    }

    /** Null before the first image or step. */
    @Nullable
    Integer secondsLeft() {
        if (imagesLeft > 0 && images.count == 0 || stepsLeft > 0 && steps.count == 0) {
            return null;
        }
        return (int) Math.ceil(images.seconds(imagesLeft) + steps.seconds(stepsLeft));
    }

    private static final class Rate {

        private int count;
        private double seconds;

        void add(int more, double moreSeconds) {
            count += more;
            seconds += moreSeconds;
        }

        double seconds(int left) {
            return count == 0 ? 0 : Math.max(0, left) * seconds / count;
        }
    }
}
