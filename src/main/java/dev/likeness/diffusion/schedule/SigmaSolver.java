package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.schedule.SchedulerConfig.Spacing;

/**
 * Solves the probability-flow equation dx/dsigma = (x - x_0) / sigma (Karras et al. 2022, arXiv:2206.00364, equation 3)
 * for samples x = x_0 + sigma * epsilon, from the highest noise level to the lowest.
 */
abstract class SigmaSolver implements Solver {

    private final Prediction prediction;
    private final SigmaGrid grid;
    private final double initNoiseSigma;
    private final StepOrder order;

    /** @param grid with a level for every network call */
    SigmaSolver(SchedulerConfig config, SigmaGrid grid) {
        this.prediction = config.prediction();
        this.grid = grid;
        this.order = new StepOrder(grid.timesteps().length);
        this.initNoiseSigma =
                config.spacingOr(Spacing.LINSPACE) == Spacing.LEADING ? Math.hypot(sigma(0), 1) : sigma(0);
    }

    @Override
    public final double[] timesteps() {
        return grid.timesteps().clone();
    }

    @Override
    public final double noiseLevel(int index) {
        return sigma(index);
    }

    /** The first noise level. With {@link Spacing#LEADING} it includes the clean sample's variance, assumed to be 1. */
    @Override
    public final double initNoiseSigma() {
        return initNoiseSigma;
    }

    /** The network's input is x / sqrt(sigma^2 + 1), the sample of {@link NoiseSchedule#addNoise}. */
    @Override
    public final float[] scaleInput(int index, float[] sample) {
        double alpha = alpha(index);
        float[] scaled = new float[sample.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (sample[i] * alpha);
        }
        return scaled;
    }

    @Override
    public final float[] step(int index, float[] output, float[] sample, NoiseSource noise) {
        order.take(index);
        return advance(index, output, sample, noise);
    }

    /** {@link #step} without the check of the order. */
    abstract float[] advance(int index, float[] output, float[] sample, NoiseSource noise);

    /** The noise level of a network call, or at the end of the run for the index after the last. */
    final double sigma(int index) {
        return grid.sigmas()[index];
    }

    private double alpha(int index) {
        return 1 / Math.sqrt(sigma(index) * sigma(index) + 1);
    }

    /** The clean sample that corresponds to an output. */
    final float[] x0(int index, float[] output, float[] sample) {
        double alpha = alpha(index);
        double sigma = sigma(index) * alpha;
        return Elementwise.of(output, sample, (o, x) -> prediction.x0(o, x * alpha, alpha, sigma));
    }

    /** dx/dsigma at a network call: the noise that corresponds to the output. */
    final float[] derivative(int index, float[] output, float[] sample) {
        double alpha = alpha(index);
        double sigma = sigma(index) * alpha;
        return Elementwise.of(output, sample, (o, x) -> prediction.epsilon(o, x * alpha, alpha, sigma));
    }
}
