package dev.likeness.diffusion.training;

import dev.likeness.diffusion.schedule.LearningRate;

/**
 * The learning rate of a part of what is trained.
 *
 * @param learningRate the highest one where a schedule changes it
 * @param schedule as {@link LearningRate#of} reads it
 * @param warmupSteps in which the rate rises; unused with listed rates
 * @param cycles of a schedule that restarts
 */
public record PartRate(double learningRate, String schedule, int warmupSteps, int cycles) {

    /**
     * The rate of every step.
     *
     * @param steps of the whole run
     * @throws IllegalArgumentException as {@link LearningRate#of}
     */
    public LearningRate over(int steps) {
        return LearningRate.of(schedule, learningRate, warmupSteps, steps, cycles);
    }
}
