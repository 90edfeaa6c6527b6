package dev.likeness.diffusion.schedule;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The noise levels of a run, and the timesteps that the network receives for them.
 *
 * @param timesteps of the network calls
 * @param sigmas of the network calls, and the level at the end of the last step; in single precision, as in diffusers
 */
record SigmaGrid(double[] timesteps, double[] sigmas) {

    /** Refuses unsupported spacings of noise levels, for solvers that have them in diffusers. */
    static void requireBuilt(SchedulerConfig config) {
        config.fields().require("use_exponential_sigmas", "false");
        config.fields().require("use_beta_sigmas", "false");
    }

    /**
     * The grid of solvers whose sample is x_0 + sigma * epsilon. Karras's levels are between the first and the last
     * level of the spacing.
     *
     * @param sigmas the file's fields that the solver supports
     */
    static SigmaGrid fractional(SchedulerConfig config, SigmaConfig sigmas, int steps) {
        NoiseLevels levels = new NoiseLevels(NoiseSchedule.of(config));
        double[] timesteps = Timesteps.fractional(config, steps);
        double[] visited = sigmas.interpolation() == SigmaConfig.Interpolation.LOG_LINEAR
                ? levels.logLinear(steps + 1)
                : levels.at(timesteps);
        if (sigmas.karras()) {
            visited = karras(sigmas, visited[0], visited[visited.length - 1], steps);
            timesteps = levels.timesteps(visited);
        }
        return of(timesteps, visited, last(sigmas, levels));
    }

    /**
     * The grid of solvers whose sample is alpha * x_0 + sigma * alpha * epsilon, and whose timesteps are whole.
     * Karras's levels are between the schedule's highest and lowest.
     *
     * @param rounding of the timesteps of Karras's levels
     * @param leastLambda lower limit of log(alpha / sigma); ignored for Karras's levels
     */
    static SigmaGrid whole(SchedulerConfig config, int steps, DoubleUnaryOperator rounding, double leastLambda) {
        SigmaConfig sigmas = config.sigmas();
        NoiseLevels levels = new NoiseLevels(NoiseSchedule.of(config));
        if (sigmas.karras()) {
            Timesteps.requireInRange(config, steps);
            double[] visited = karras(sigmas, levels.highest(), levels.lowest(), steps);
            double[] timesteps =
                    Arrays.stream(levels.timesteps(visited)).map(rounding).toArray();
            return of(timesteps, visited, last(sigmas, levels));
        }
        double[] timesteps = Timesteps.asDoubles(Timesteps.aboveLast(config, steps, levels.atLeast(leastLambda)));
        return of(timesteps, levels.at(timesteps), last(sigmas, levels));
    }

    private static double[] karras(SigmaConfig sigmas, double highest, double lowest, int steps) {
        double max = sigmas.max() == null ? highest : sigmas.max();
        double min = sigmas.min() == null ? lowest : sigmas.min();
        return NoiseLevels.karras(max, min, steps);
    }

    private static double last(SigmaConfig sigmas, NoiseLevels levels) {
        return sigmas.last() == SigmaConfig.Last.ZERO ? 0 : levels.lowest();
    }

    /** Appends the last level, unless there is already one more level than timesteps. */
    private static SigmaGrid of(double[] timesteps, double[] visited, double last) {
        double[] sigmas = Arrays.copyOf(visited, timesteps.length + 1);
        if (visited.length == timesteps.length) {
            sigmas[timesteps.length] = last;
        }
        return new SigmaGrid(
                timesteps, Arrays.stream(sigmas).map(sigma -> (float) sigma).toArray());
    }

    /** The same grid with every timestep but the first visited twice. */
    SigmaGrid twice() {
        double[] times = new double[2 * timesteps.length - 1];
        double[] levels = new double[times.length + 1];
        for (int i = 0; i < times.length; i++) {
            times[i] = timesteps[(i + 1) / 2];
            levels[i] = sigmas[(i + 1) / 2];
        }
        levels[times.length] = sigmas[timesteps.length];
        return new SigmaGrid(times, levels);
    }

    /** The same grid with a last step that does not change the noise level. */
    SigmaGrid resting() {
        double[] levels = sigmas.clone();
        levels[timesteps.length] = levels[timesteps.length - 1];
        return new SigmaGrid(timesteps, levels);
    }
}
