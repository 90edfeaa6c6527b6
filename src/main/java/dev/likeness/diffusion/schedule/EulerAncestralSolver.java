package dev.likeness.diffusion.schedule;

/**
 * Euler's method to a level below the next noise level, then fresh noise up to the next level: k-diffusion's
 * {@code sample_euler_ancestral}. Each step has the variance of DDPM (Ho et al. 2020, arXiv:2006.11239).
 */
public final class EulerAncestralSolver extends SigmaSolver {

    /** @param steps 1 to T */
    public EulerAncestralSolver(SchedulerConfig config, int steps) {
        super(config, SigmaGrid.fractional(config, SigmaConfig.DEFAULT, steps));
    }

    @Override
    float[] advance(int index, float[] output, float[] sample, NoiseSource noise) {
        double from = sigma(index);
        double to = sigma(index + 1);
        double down = to * to / from;
        double up = Math.sqrt(to * to - down * down);
        float[] mean = Elementwise.of(sample, derivative(index, output, sample), (x, d) -> x + (down - from) * d);
        if (up == 0) {
            return mean;
        }
        return Elementwise.of(mean, noise.draw(index, mean.length), (m, z) -> m + up * z);
    }
}
