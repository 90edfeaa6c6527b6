package dev.likeness.diffusion.schedule;

/** Euler's method (Karras et al. 2022, arXiv:2206.00364, algorithm 2 without churn and without its second order). */
public final class EulerSolver extends SigmaSolver {

    /** @param steps 1 to T */
    public EulerSolver(SchedulerConfig config, int steps) {
        super(config, grid(config, steps));
    }

    private static SigmaGrid grid(SchedulerConfig config, int steps) {
        SigmaGrid.requireBuilt(config);
        return SigmaGrid.fractional(config, config.sigmas(), steps);
    }

    @Override
    float[] advance(int index, float[] output, float[] sample, NoiseSource noise) {
        double step = sigma(index + 1) - sigma(index);
        return Elementwise.of(sample, derivative(index, output, sample), (x, d) -> x + step * d);
    }
}
