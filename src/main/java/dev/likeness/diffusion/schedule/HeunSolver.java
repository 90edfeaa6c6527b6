package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Heun's method (Karras et al. 2022, arXiv:2206.00364, algorithm 1): Euler's step, then the same step again with the
 * mean of the derivatives at both ends. The step to noise level 0 is Euler's, so a run of n steps makes 2 n - 1 network
 * calls.
 */
public final class HeunSolver extends SigmaSolver {

    private final double clip;
    private @Nullable Start start;

    /** @param steps 1 to T */
    public HeunSolver(SchedulerConfig config, int steps) {
        super(config, grid(config, steps));
        this.clip = config.clip();
    }

    private static SigmaGrid grid(SchedulerConfig config, int steps) {
        SigmaGrid.requireBuilt(config);
        return SigmaGrid.fractional(config, config.sigmas().onlyKarras(), steps).twice();
    }

    @Override
    float[] advance(int index, float[] output, float[] sample, NoiseSource noise) {
        float[] derivative = clippedDerivative(index, output, sample);
        Start from = start;
        if (from == null) {
            double step = sigma(index + 1) - sigma(index);
            start = new Start(sample.clone(), derivative, step);
            return Elementwise.of(sample, derivative, (x, d) -> x + step * d);
        }
        start = null;
        float[] sum = Elementwise.of(from.derivative(), derivative, Double::sum);
        return Elementwise.of(from.sample(), sum, (x, d) -> x + from.step() * d / 2);
    }

    private float[] clippedDerivative(int index, float[] output, float[] sample) {
        if (clip == Double.POSITIVE_INFINITY) {
            return derivative(index, output, sample);
        }
        double sigma = sigma(index);
        return Elementwise.of(
                sample, x0(index, output, sample), (x, x0) -> (x - Math.max(-clip, Math.min(clip, x0))) / sigma);
    }

    /** The beginning of a step and its direction. */
    private record Start(float[] sample, float[] derivative, double step) {}
}
