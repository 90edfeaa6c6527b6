package dev.likeness.diffusion.training;

import dev.likeness.diffusion.schedule.LearningRate;
import java.time.Duration;

/** Settings of a loop by itself. */
public record LoopSettings(
        int steps, LearningRate learningRates, int gradientAccumulation, double maxGradNorm, Duration checkpointEvery)
        implements TrainingLoop.Settings {

    /** One pass a step, and no checkpoint in a test's time. */
    public LoopSettings(int steps, LearningRate learningRates, double maxGradNorm) {
        this(steps, learningRates, 1, maxGradNorm, Duration.ofHours(1));
    }
}
