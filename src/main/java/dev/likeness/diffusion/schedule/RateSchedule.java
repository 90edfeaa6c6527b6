package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Wire;

/** The learning rate over a run, by its name in requests. The names are those of diffusers' {@code optimization.py}. */
public enum RateSchedule implements Wire {
    CONSTANT((rate, warmup, steps) -> LearningRate.constant(rate, warmup)),
    LINEAR(LearningRate::linear),
    COSINE(LearningRate::cosine),
    POLYNOMIAL(LearningRate::polynomial);

    private final Maker maker;

    RateSchedule(Maker maker) {
        this.maker = maker;
    }

    /**
     * The rates of a run.
     *
     * @param rate above 0
     * @param warmup number of steps, 0 for none
     * @param steps of the whole run, at least 1
     */
    LearningRate rates(double rate, int warmup, int steps) {
        return maker.make(rate, warmup, steps);
    }

    @FunctionalInterface
    private interface Maker {
        LearningRate make(double rate, int warmup, int steps);
    }
}
