package dev.likeness.diffusion.schedule;

/**
 * Euler's method for dx/dsigma = v(x, sigma), from noise at sigma 1 to the clean sample at 0 (Liu et al. 2022,
 * arXiv:2209.03003, section 2). The step is exact where the path is straight. The network's input is the sample itself.
 */
public final class FlowEulerSolver implements Solver {

    private final SigmaGrid grid;
    private final StepOrder order;

    /** @param grid with a level for every network call, and 0 */
    FlowEulerSolver(SigmaGrid grid) {
        this.grid = grid;
        order = new StepOrder(grid.timesteps().length);
    }

    @Override
    public double[] timesteps() {
        return grid.timesteps().clone();
    }

    /** The noise levels of all network calls, and of the end. */
    public double[] sigmas() {
        return grid.sigmas().clone();
    }

    @Override
    public double noiseLevel(int index) {
        return Math.min(grid.sigmas()[index] / (1 - grid.sigmas()[index]), NoiseSchedule.PURE_NOISE);
    }

    @Override
    public double initNoiseSigma() {
        return 1;
    }

    @Override
    public float[] step(int index, float[] output, float[] sample, NoiseSource noise) {
        order.take(index);
        double step = grid.sigmas()[index + 1] - grid.sigmas()[index];
        return Elementwise.of(sample, output, (x, v) -> x + step * v);
    }
}
