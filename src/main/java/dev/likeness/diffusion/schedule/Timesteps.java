package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.schedule.SchedulerConfig.Spacing;

/** The timesteps a run of {@code steps} steps visits. Rounds half to even, as numpy. */
final class Timesteps {

    private Timesteps() {}

    /** Whole and descending, {@code steps} of them; {@link Spacing#LEADING} where the file is silent. */
    static int[] descending(SchedulerConfig config, int steps) {
        return spaced(config, config.spacingOr(Spacing.LEADING), steps, steps, config.trainTimesteps());
    }

    /**
     * Descending, {@code steps} of them, for solvers that go by noise levels; {@link Spacing#LINSPACE} where the file is
     * silent. Those are in single precision and not rounded.
     */
    static double[] fractional(SchedulerConfig config, int steps) {
        Spacing spacing = config.spacingOr(Spacing.LINSPACE);
        double[] timesteps = asDoubles(spaced(config, spacing, steps, steps, config.trainTimesteps()));
        if (spacing == Spacing.LINSPACE && steps > 1) {
            double stride = (config.trainTimesteps() - 1.0) / (steps - 1);
            for (int i = 0; i < steps; i++) {
                timesteps[i] = (float) (stride * (steps - 1 - i));
            }
        }
        return timesteps;
    }

    /**
     * Whole and descending, {@code steps} of them, spaced as if there were one more, which is where the last step ends;
     * {@link Spacing#LINSPACE} where the file is silent.
     *
     * @param total only the first so many of the T timesteps are visited; if that is fewer than T, those of {@link
     *     Spacing#TRAILING} keep their distance, so that there are fewer of them
     */
    static int[] aboveLast(SchedulerConfig config, int steps, int total) {
        if (steps >= total) {
            throw outOfRange(config, steps);
        }
        return spaced(config, config.spacingOr(Spacing.LINSPACE), steps, steps + 1, total);
    }

    private static int[] spaced(SchedulerConfig config, Spacing spacing, int steps, int points, int total) {
        requireInRange(config, steps);
        double stride = (double) config.trainTimesteps() / steps;
        boolean isCut = spacing == Spacing.TRAILING && total < config.trainTimesteps();
        int[] timesteps = new int[isCut ? (int) Math.ceil(total / stride) : steps];
        for (int i = 0; i < timesteps.length; i++) {
            int fromEnd = points - 1 - i;
            timesteps[i] = switch (spacing) {
                case LEADING -> fromEnd * (total / points) + config.stepsOffset();
                case LINSPACE -> points == 1 ? 0 : (int) Math.rint(fromEnd * ((total - 1.0) / (points - 1)));
                case TRAILING -> (int) Math.rint(total - i * stride) - 1;
            };
        }
        if (timesteps[0] >= total) {
            throw outOfRange(config, steps);
        }
        return timesteps;
    }

    /** Refuses other than 1 to T steps. */
    static void requireInRange(SchedulerConfig config, int steps) {
        if (steps < 1 || steps > config.trainTimesteps()) {
            throw outOfRange(config, steps);
        }
    }

    private static IllegalArgumentException outOfRange(SchedulerConfig config, int steps) {
        return new IllegalArgumentException("%d steps of %d timesteps, with steps_offset %d"
                .formatted(steps, config.trainTimesteps(), config.stepsOffset()));
    }

    static double[] asDoubles(int[] timesteps) {
        double[] result = new double[timesteps.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = timesteps[i];
        }
        return result;
    }
}
