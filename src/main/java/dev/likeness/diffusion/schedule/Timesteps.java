package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.schedule.SchedulerConfig.Spacing;
import dev.likeness.diffusion.wire.Quantity;

/** The timesteps of a run with {@code steps} steps. Rounds half to even, as numpy does. */
final class Timesteps {

    private Timesteps() {}

    /** Whole and descending timesteps. The default spacing is {@link Spacing#LEADING}. */
    static int[] descending(SchedulerConfig config, int steps) {
        return spaced(config, config.spacingOr(Spacing.LEADING), steps, steps, config.trainTimesteps());
    }

    /**
     * Descending timesteps for solvers that use noise levels. The default spacing is {@link Spacing#LINSPACE}. Its
     * timesteps are in single precision and not rounded.
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
     * Whole and descending timesteps, spaced as if there were one more, where the last step ends. The default spacing
     * is {@link Spacing#LINSPACE}.
     *
     * @param total number of timesteps to use, from 0 on. If it is less than T, {@link Spacing#TRAILING} keeps its
     *     distances and gives fewer timesteps
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

    /** Refuses numbers of steps other than 1 to T. */
    static void requireInRange(SchedulerConfig config, int steps) {
        if (steps < 1 || steps > config.trainTimesteps()) {
            throw outOfRange(config, steps);
        }
    }

    private static IllegalArgumentException outOfRange(SchedulerConfig config, int steps) {
        return new IllegalArgumentException("%s of %s, with steps_offset %d"
                .formatted(
                        Quantity.of(steps, "step"),
                        Quantity.of(config.trainTimesteps(), "timestep"),
                        config.stepsOffset()));
    }

    static double[] asDoubles(int[] timesteps) {
        double[] result = new double[timesteps.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = timesteps[i];
        }
        return result;
    }
}
