package dev.likeness.diffusion.schedule;

/**
 * Multistep methods in lambda = log(alpha / sigma), half the logarithm of the signal-to-noise ratio, for samples x =
 * alpha * x_0 + sigma * epsilon with alpha^2 + sigma^2 = 1. They extrapolate the predicted clean sample. The rest of
 * the equation is linear and is solved exactly (Lu et al. 2022, arXiv:2211.01095, proposition 4.1).
 */
abstract class LogSnrSolver implements Solver {

    /** Predicted clean samples, newest first. A step uses its own and the previous one. */
    final History predictions = new History(2);

    private final Prediction prediction;
    private final SigmaGrid grid;
    private final StepOrder order;

    LogSnrSolver(SchedulerConfig config, SigmaGrid grid) {
        ConfigFields fields = config.fields();
        fields.require("thresholding", "false");
        SigmaGrid.requireBuilt(config);
        this.prediction = config.prediction();
        this.grid = grid;
        this.order = new StepOrder(grid.timesteps().length);
    }

    @Override
    public final double[] timesteps() {
        return grid.timesteps().clone();
    }

    @Override
    public final double noiseLevel(int index) {
        return grid.sigmas()[index];
    }

    @Override
    public final double initNoiseSigma() {
        return 1;
    }

    @Override
    public final float[] step(int index, float[] output, float[] sample, NoiseSource noise) {
        order.take(index);
        double alpha = alpha(index);
        double sigma = sigma(index);
        float[] x0 = Elementwise.of(output, sample, (o, x) -> prediction.x0(o, x, alpha, sigma));
        return advance(index, x0, sample, noise);
    }

    /** {@link #step} without the check of the order, with the output converted to the predicted clean sample. */
    abstract float[] advance(int index, float[] x0, float[] sample, NoiseSource noise);

    final boolean isLast(int index) {
        return index == grid.timesteps().length - 1;
    }

    /** alpha of a network call, or of the end of the run for the index after the last. */
    final double alpha(int index) {
        double level = grid.sigmas()[index];
        return 1 / Math.sqrt(level * level + 1);
    }

    final double sigma(int index) {
        return grid.sigmas()[index] * alpha(index);
    }

    /** lambda(to) - lambda(from); infinite if {@code to} is without noise. */
    final double span(int from, int to) {
        return Math.log(grid.sigmas()[from]) - Math.log(grid.sigmas()[to]);
    }
}
