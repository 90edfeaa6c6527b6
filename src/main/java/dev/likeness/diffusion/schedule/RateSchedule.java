package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Wire;

/**
 * The learning rate over a run, by its name in requests. The names are those of diffusers' {@code optimization.py}, and that of
 * the paper for {@link LearningRate#rex}.
 */
public enum RateSchedule implements Wire {
    CONSTANT((rate, warmup, steps, cycles) -> LearningRate.constant(rate, warmup)),
    LINEAR((rate, warmup, steps, cycles) -> LearningRate.linear(rate, warmup, steps)),
    COSINE((rate, warmup, steps, cycles) -> LearningRate.cosine(rate, warmup, steps)),
    COSINE_WITH_RESTARTS(LearningRate::cosineWithRestarts),
    POLYNOMIAL((rate, warmup, steps, cycles) -> LearningRate.polynomial(rate, warmup, steps)),
    REX((rate, warmup, steps, cycles) -> LearningRate.rex(rate, warmup, steps));

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
     * @param cycles of {@link #COSINE_WITH_RESTARTS}, at least 1; without effect on the others
     */
    LearningRate rates(double rate, int warmup, int steps, int cycles) {
        return maker.make(rate, warmup, steps, cycles);
    }

    @FunctionalInterface
    private interface Maker {
        LearningRate make(double rate, int warmup, int steps, int cycles);
    }
}
