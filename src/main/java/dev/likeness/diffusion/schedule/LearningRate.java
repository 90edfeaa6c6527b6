package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Wire;

/**
 * The learning rate of every optimizer step. Steps count from 0 over the whole run, so that a resumed run has the same
 * rates as an uninterrupted one.
 *
 * <p>The shapes are those of diffusers' {@code optimization.py}. During the first {@code warmup} steps, the rate rises
 * linearly from 0: rate * step / warmup.
 */
@FunctionalInterface
public interface LearningRate {

    /** Final rate of {@link #polynomial(double, int, int)}, as in diffusers. */
    double POLYNOMIAL_END = 1e-7;

    /**
     * The rate of a step.
     *
     * @param step from 0
     * @return 0 or more
     */
    double at(int step);

    /**
     * The rates of a setting.
     *
     * @param schedule name of a {@link RateSchedule}, or rates for {@link #parse}, to which the other arguments except
     *     {@code steps} do not apply
     * @param rate above 0; the highest one where the schedule changes it
     * @param warmup number of steps, 0 for none
     * @param steps of the whole run, at least 1
     * @param cycles of a schedule that restarts, at least 1; without effect on others
     * @throws IllegalArgumentException if the text is neither; the message says what is wrong, where, and what to do
     */
    static LearningRate of(String schedule, double rate, int warmup, int steps, int cycles) {
        return Wire.of(RateSchedule.class, schedule)
                .map(it -> it.rates(rate, warmup, steps, cycles))
                .orElseGet(() -> parse(schedule, steps));
    }

    /**
     * A constant rate after the warm-up.
     *
     * @param rate above 0
     * @param warmup number of steps, 0 for none
     */
    static LearningRate constant(double rate, int warmup) {
        return warmedUp(rate, warmup, step -> rate);
    }

    /**
     * A constant rate after a warm-up whose first step has a rate already, rate * (step + 1) / warmup, as schedule-free
     * optimizers have it.
     *
     * @param rate above 0
     * @param warmup number of steps, 0 for none
     */
    static LearningRate scheduleFree(double rate, int warmup) {
        LearningRate later = constant(rate, warmup);
        return step -> step < warmup ? later.at(step + 1) : rate;
    }

    /**
     * Falls linearly to 0 at the end of the run.
     *
     * @param rate above 0
     * @param warmup number of steps, 0 for none
     * @param steps of the whole run, at least 1
     */
    static LearningRate linear(double rate, int warmup, int steps) {
        int decay = decaySteps(warmup, steps);
        return warmedUp(rate, warmup, step -> rate * Math.max(0, (steps - step) / (double) decay));
    }

    /**
     * Falls along half a cosine wave to 0 at the end of the run (Loshchilov and Hutter 2017, arXiv:1608.03983, without
     * restarts).
     *
     * @param rate above 0
     * @param warmup number of steps, 0 for none
     * @param steps of the whole run, at least 1
     */
    static LearningRate cosine(double rate, int warmup, int steps) {
        int decay = decaySteps(warmup, steps);
        return warmedUp(rate, warmup, step -> {
            double progress = Math.min(1, (step - warmup) / (double) decay);
            return rate * 0.5 * (1 + Math.cos(Math.PI * progress));
        });
    }

    /**
     * Cosine waves one after another, each from the rate to 0, and 0 at the end of the run (Loshchilov and Hutter 2017,
     * arXiv:1608.03983, with restarts of equal length).
     *
     * @param rate above 0
     * @param warmup number of steps, 0 for none
     * @param steps of the whole run, at least 1
     * @param cycles number of half waves, at least 1; with 1 as {@link #cosine}
     */
    static LearningRate cosineWithRestarts(double rate, int warmup, int steps, int cycles) {
        if (cycles < 1) {
            throw new IllegalArgumentException("a schedule with restarts has at least 1 cycle, not " + cycles);
        }
        int decay = decaySteps(warmup, steps);
        return warmedUp(rate, warmup, step -> {
            double progress = (step - warmup) / (double) decay;
            return progress >= 1 ? 0 : rate * 0.5 * (1 + Math.cos(Math.PI * (cycles * progress % 1)));
        });
    }

    /**
     * Falls slowly at first and fast at the end of the run: rate * left / (1/2 + left / 2), with the share left of the steps
     * after the warm-up ("REX: Revisiting Budgeted Training with an Improved Schedule", Chen et al. 2021,
     * arXiv:2107.04197, equation 3).
     *
     * @param rate above 0
     * @param warmup number of steps, 0 for none
     * @param steps of the whole run, at least 1
     */
    static LearningRate rex(double rate, int warmup, int steps) {
        int decay = decaySteps(warmup, steps);
        return warmedUp(rate, warmup, step -> {
            double left = Math.max(0, 1 - (step - warmup) / (double) decay);
            return rate * left / (0.5 + 0.5 * left);
        });
    }

    /** {@link #polynomial(double, int, int, double, double)} with power 1 and final rate 1e-7. */
    static LearningRate polynomial(double rate, int warmup, int steps) {
        return polynomial(rate, warmup, steps, 1, POLYNOMIAL_END);
    }

    /**
     * The rate (rate - end) * (share of the remaining steps)^power + end.
     *
     * @param rate above {@code end}
     * @param warmup number of steps, 0 for none
     * @param steps of the whole run, at least 1
     * @param power above 0; 1 is linear
     * @param end the rate at the end of the run, 0 or more
     */
    static LearningRate polynomial(double rate, int warmup, int steps, double power, double end) {
        if (!(rate > end && end >= 0)) {
            throw new IllegalArgumentException(
                    "a polynomial schedule ends at %s: the learning rate must be above that, not %s"
                            .formatted(end, rate));
        }
        if (!(power > 0)) {
            throw new IllegalArgumentException("the power must be above 0, not " + power);
        }
        int decay = decaySteps(warmup, steps);
        return warmedUp(rate, warmup, step -> {
            double left = Math.max(0, 1 - (step - warmup) / (double) decay);
            return (rate - end) * Math.pow(left, power) + end;
        });
    }

    /**
     * This rate multiplied by a number.
     *
     * @param factor above 0
     */
    default LearningRate times(double factor) {
        return factor == 1 ? this : step -> factor * at(step);
    }

    /**
     * Rates with the steps that they apply to, such as {@code 5e-2:100, 5e-3:500, 5e-4}. A rate applies while the step
     * is below its bound. The last rate has no bound, or one that is not before the end of the run. Bounds before the
     * first step of a resumed run, or beyond the end, have no effect.
     *
     * @param text one rate, or several separated by commas
     * @param steps of the whole run, at least 1
     * @throws IllegalArgumentException if the text is invalid; the message says what is wrong, where, and what to do
     */
    static LearningRate parse(String text, int steps) {
        return SteppedRate.parse(text, steps);
    }

    private static LearningRate warmedUp(double rate, int warmup, LearningRate after) {
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException("the learning rate must be a number above 0, not " + rate);
        }
        if (warmup < 0) {
            throw new IllegalArgumentException("warm-up cannot last %d steps: set 0 for no warm-up".formatted(warmup));
        }
        return step -> step < warmup ? rate * step / warmup : after.at(step);
    }

    private static int decaySteps(int warmup, int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a run has at least 1 step, not " + steps);
        }
        // With a warm-up as long as the run there is no decay; 1 only avoids a division by 0.
        return Math.max(1, steps - warmup);
    }
}
