package dev.likeness.diffusion.schedule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UniPC (Zhao et al. 2023, arXiv:2302.04867) of order two for predicted clean samples, with B(h) = e^h - 1 ("bh2").
 * Each network call first corrects the previous step (UniC, algorithm 1), then predicts the next one (UniP, algorithm
 * 2). A run begins and ends with order one.
 */
public final class UniPcSolver extends LogSnrSolver {

    private final boolean lowerOrderLast;
    private float @Nullable [] stepStart;
    private boolean secondOrder;

    /** @param steps 1 to T - 1, with Karras's noise levels 1 to T */
    public UniPcSolver(SchedulerConfig config, int steps) {
        super(config, grid(config, steps));
        ConfigFields fields = config.fields();
        fields.require("solver_order", "2");
        // The last three are other solvers' rules, in place of which diffusers uses bh2.
        fields.require("solver_type", "bh2", "midpoint", "heun", "logrho");
        fields.require("predict_x0", "true");
        fields.require("disable_corrector", "[]");
        // A step to a clean sample has no second difference, because its lambda is infinite.
        this.lowerOrderLast = sigma(steps) == 0 || fields.flag("lower_order_final", true);
    }

    private static SigmaGrid grid(SchedulerConfig config, int steps) {
        SigmaGrid grid = SigmaGrid.whole(config, steps, Math::rint, Double.NEGATIVE_INFINITY);
        SigmaConfig sigmas = config.sigmas();
        return sigmas.karras() && sigmas.last() == SigmaConfig.Last.SIGMA_MIN ? grid.resting() : grid;
    }

    @Override
    float[] advance(int index, float[] x0, float[] sample, NoiseSource noise) {
        float[] start = stepStart == null ? sample.clone() : corrected(stepStart, index, x0);
        predictions.add(x0);
        stepStart = start;
        secondOrder = index > 0 && !(isLast(index) && lowerOrderLast);
        return next(start, index);
    }

    /** UniP, from {@code index} to the next. */
    private float[] next(float[] start, int index) {
        double h = span(index, index + 1);
        double b = alpha(index + 1) * Math.expm1(-h);
        double decay = sigma(index + 1) / sigma(index);
        // rho / r of the single difference; rho is 1/2 by definition.
        double slope = secondOrder ? h / span(index, index - 1) / 2 : 0;
        float[] clean = secondOrder ? predictions.weighted(1 - slope, slope) : predictions.get(0);
        return Elementwise.of(start, clean, (x, d) -> decay * x - b * d);
    }

    /** UniC: repeats the step from {@code index - 1} to {@code index} with the clean sample predicted at its end. */
    private float[] corrected(float[] start, int index, float[] x0) {
        double h = span(index - 1, index);
        double b = alpha(index) * Math.expm1(-h);
        double decay = sigma(index) / sigma(index - 1);
        float[] before = predictions.get(0);
        if (!secondOrder) {
            return Elementwise.sum(new double[] {decay, -b / 2, -b / 2}, List.of(start, before, x0));
        }
        double r = span(index - 1, index - 2) / h;
        // Equation 11 of the paper, solved: rho_1 + rho_2 = b_1 and r rho_1 + rho_2 = b_2.
        double phi2 = Math.expm1(-h) / -h - 1;
        double phi3 = phi2 / -h - 0.5;
        double b1 = phi2 / Math.expm1(-h);
        double b2 = 2 * phi3 / Math.expm1(-h);
        double rho1 = (b1 - b2) / (1 - r);
        double rho2 = b1 - rho1;
        double ofBefore = -b * (1 - rho1 / r - rho2);
        return Elementwise.sum(
                new double[] {decay, ofBefore, -b * rho1 / r, -b * rho2},
                List.of(start, before, predictions.get(1), x0));
    }
}
