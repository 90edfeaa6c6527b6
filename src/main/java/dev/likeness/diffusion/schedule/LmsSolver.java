package dev.likeness.diffusion.schedule;

/**
 * Linear multistep method of order four: k-diffusion's {@code sample_lms}, the Adams-Bashforth method for uneven steps.
 * It integrates the polynomial through the last four derivatives over the step.
 */
public final class LmsSolver extends SigmaSolver {

    private static final int ORDER = 4;

    private final History derivatives = new History(ORDER);

    /** @param steps 1 to T */
    public LmsSolver(SchedulerConfig config, int steps) {
        super(config, grid(config, steps));
    }

    private static SigmaGrid grid(SchedulerConfig config, int steps) {
        SigmaGrid.requireBuilt(config);
        return SigmaGrid.fractional(config, config.sigmas().onlyFullKarras(), steps);
    }

    @Override
    float[] advance(int index, float[] output, float[] sample, NoiseSource noise) {
        derivatives.add(derivative(index, output, sample));
        double[] weights = new double[derivatives.size()];
        for (int age = 0; age < weights.length; age++) {
            weights[age] = weight(index, age, weights.length);
        }
        return Elementwise.of(sample, derivatives.weighted(weights), (x, d) -> x + d);
    }

    /**
     * Integral of a Lagrange polynomial over the step, by Gauss's two-point rule, which is exact for cubic polynomials.
     */
    private double weight(int index, int age, int count) {
        double half = (sigma(index + 1) - sigma(index)) / 2;
        double middle = sigma(index) + half;
        double offset = half / Math.sqrt(3);
        return half * (lagrange(index, age, count, middle - offset) + lagrange(index, age, count, middle + offset));
    }

    /** 1 at the noise level of that age, 0 at the others. */
    private double lagrange(int index, int age, int count, double sigma) {
        double product = 1;
        for (int other = 0; other < count; other++) {
            if (other != age) {
                product *= (sigma - sigma(index - other)) / (sigma(index - age) - sigma(index - other));
            }
        }
        return product;
    }
}
