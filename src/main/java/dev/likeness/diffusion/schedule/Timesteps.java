package dev.likeness.diffusion.schedule;

/** The timesteps a run of {@code steps} steps visits. */
final class Timesteps {

    private Timesteps() {}

    /** Descending, {@code steps} of them. Rounds half to even, as numpy. */
    static int[] descending(SchedulerConfig config, int steps) {
        int total = config.trainTimesteps();
        if (steps < 1 || steps > total) {
            throw new IllegalArgumentException("%d steps of %d timesteps".formatted(steps, total));
        }
        int[] timesteps = new int[steps];
        for (int i = 0; i < steps; i++) {
            int fromEnd = steps - 1 - i;
            timesteps[i] = switch (config.spacing()) {
                case LEADING -> fromEnd * (total / steps) + config.stepsOffset();
                case LINSPACE -> steps == 1 ? 0 : (int) Math.rint(fromEnd * ((total - 1.0) / (steps - 1)));
                case TRAILING -> (int) Math.rint(total - i * ((double) total / steps)) - 1;
            };
        }
        return timesteps;
    }

    static double[] asDoubles(int[] timesteps) {
        double[] result = new double[timesteps.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = timesteps[i];
        }
        return result;
    }
}
