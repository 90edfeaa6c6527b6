package dev.likeness.diffusion.schedule;

/**
 * DPM-Solver++(2M) (Lu et al. 2022, arXiv:2211.01095, algorithm 2), and SDE-DPM-Solver++(2M), which adds noise in each
 * step (section 6 there). Both are of second order, with the midpoint rule. The first step is of first order, and so is
 * the last step if it ends without noise.
 */
public final class DpmSolver extends LogSnrSolver {

    /** With fewer steps, the second order is unstable at the end. */
    private static final int FEW_STEPS = 15;

    private final boolean stochastic;
    private final boolean lowerOrderLast;

    /**
     * @param steps 1 to T - 1, with Karras's noise levels 1 to T. The maximum is lower if the file's lambda_min_clipped
     *     removes timesteps and the spacing is {@link SchedulerConfig.Spacing#TRAILING}
     * @param stochastic whether to use the SDE form; the file's algorithm and order are ignored
     */
    public DpmSolver(SchedulerConfig config, int steps, boolean stochastic) {
        super(config, grid(config, steps));
        ConfigFields fields = config.fields();
        fields.require("variance_type", "fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log");
        // The last three are other solvers' rules, in place of which diffusers uses the midpoint rule.
        fields.require("solver_type", "midpoint", "bh1", "bh2", "logrho");
        this.stochastic = stochastic;
        int calls = timesteps().length;
        this.lowerOrderLast = sigma(calls) == 0
                || fields.flag("euler_at_final", false)
                || fields.flag("lower_order_final", true) && calls < FEW_STEPS;
    }

    private static SigmaGrid grid(SchedulerConfig config, int steps) {
        if (!config.sigmas().karras()) {
            config.fields().require("use_lu_lambdas", "false");
        }
        boolean cosine = config.betas().schedule() == SchedulerConfig.BetaSchedule.SQUAREDCOS_CAP_V2;
        double leastLambda = config.fields().number("lambda_min_clipped", Double.NEGATIVE_INFINITY);
        return SigmaGrid.whole(config, steps, cosine ? Math::floor : Math::rint, leastLambda);
    }

    @Override
    float[] advance(int index, float[] x0, float[] sample, NoiseSource noise) {
        predictions.add(x0);
        double h = span(index, index + 1);
        double decay = sigma(index + 1) / sigma(index) * (stochastic ? Math.exp(-h) : 1);
        double gain = -alpha(index + 1) * Math.expm1(stochastic ? -2 * h : -h);
        float[] mean = Elementwise.of(sample, extrapolated(index, h), (x, d) -> decay * x + gain * d);
        double deviation = stochastic ? sigma(index + 1) * Math.sqrt(-Math.expm1(-2 * h)) : 0;
        if (deviation == 0) {
            return mean;
        }
        return Elementwise.of(mean, noise.draw(index, mean.length), (m, z) -> m + deviation * z);
    }

    /** The expected clean sample in the middle of the step: D of algorithm 2, with 1 / (2 r) = h / (2 h_before). */
    private float[] extrapolated(int index, double h) {
        if (index == 0 || isLast(index) && lowerOrderLast) {
            return predictions.get(0);
        }
        double slope = h / (2 * span(index - 1, index));
        return predictions.weighted(1 + slope, -slope);
    }
}
