package dev.likeness.diffusion.schedule;

/**
 * The noise levels sigma_t = sqrt((1 - alpha-bar_t) / alpha-bar_t) of a schedule, ascending in t: the standard
 * deviation of the noise when the clean sample's factor is 1 (Karras et al. 2022, arXiv:2206.00364, table 1). Values
 * are rounded to single precision where diffusers rounds them.
 */
final class NoiseLevels {

    /** The exponent rho of Karras's noise levels, as in the paper. */
    private static final double RHO = 7;

    private final float[] sigmas;
    private final float[] logs;

    NoiseLevels(NoiseSchedule schedule) {
        sigmas = new float[schedule.timesteps()];
        logs = new float[sigmas.length];
        for (int t = 0; t < sigmas.length; t++) {
            sigmas[t] = (float) schedule.noiseLevel(t);
            logs[t] = (float) Math.log(sigmas[t]);
        }
    }

    /** Sigma of timestep 0. */
    double lowest() {
        return sigmas[0];
    }

    /** Sigma of timestep T - 1. */
    double highest() {
        return sigmas[sigmas.length - 1];
    }

    /**
     * Number of timesteps, from 0 on, whose lambda = log(alpha / sigma) is at least the given one. Lambda decreases
     * from 0 on.
     */
    int atLeast(double lambda) {
        int count = logs.length;
        while (count > 0 && -logs[count - 1] < lambda) {
            count--;
        }
        return count;
    }

    /** Sigma at timesteps from 0 to T - 1, interpolated linearly. */
    double[] at(double[] timesteps) {
        double[] result = new double[timesteps.length];
        for (int i = 0; i < result.length; i++) {
            int below = Math.min((int) timesteps[i], sigmas.length - 2);
            double slope = (double) sigmas[below + 1] - sigmas[below];
            result[i] = slope * (timesteps[i] - below) + sigmas[below];
        }
        return result;
    }

    /** The timesteps of noise levels, interpolated linearly in the logarithm; 0 to T - 1. */
    double[] timesteps(double[] levels) {
        double[] result = new double[levels.length];
        for (int i = 0; i < result.length; i++) {
            double log = Math.log(levels[i]);
            int below = 0;
            while (below < logs.length - 2 && logs[below + 1] <= log) {
                below++;
            }
            double share = (logs[below] - log) / (logs[below] - logs[below + 1]);
            double clipped = Math.max(0, Math.min(1, share));
            result[i] = (1 - clipped) * below + clipped * (below + 1);
        }
        return result;
    }

    /** {@code count} levels from the highest to the lowest, evenly spaced in the logarithm. */
    double[] logLinear(int count) {
        double[] result = new double[count];
        float[] steps = NoiseSchedule.linspace(Math.log(highest()), Math.log(lowest()), count);
        for (int i = 0; i < count; i++) {
            result[i] = (float) Math.exp(steps[i]);
        }
        return result;
    }

    /** Equation 5 of the paper: {@code count} levels from {@code max} to {@code min}; a single level is {@code max}. */
    static double[] karras(double max, double min, int count) {
        double from = Math.pow(max, 1 / RHO);
        double to = Math.pow(min, 1 / RHO);
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
            double ramp = count == 1 ? 0 : i / (count - 1.0);
            result[i] = Math.pow(from + ramp * (to - from), RHO);
        }
        return result;
    }
}
