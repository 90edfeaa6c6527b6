package dev.likeness.diffusion.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The diagnosis of a training step whose loss or gradients are not finite.
 *
 * @param step 1 for the first
 * @param loss of the step; finite if only gradients are not
 * @param diagnosis of the first pass that has tensors that are not finite when it is computed again, or of the last pass; null if
 *     the step could not be computed again
 * @param recomputed the whole step computed again, if the diagnosis finds nothing; null otherwise, or if the step could not be
 *     computed again
 * @param norms 2-norms of the gradients of the earlier steps, the latest last
 * @param lossScale the factor of the loss in fp16; null in other precisions
 */
public record NanLoss(
        int step,
        double loss,
        @Nullable Diagnosis diagnosis,
        @Nullable Recomputed recomputed,
        List<Double> norms,
        @Nullable Double lossScale) {

    public NanLoss {
        norms = List.copyOf(norms);
    }

    /** How gradients developed before the step. */
    public enum Trend {
        /** There are too few steps to tell. */
        UNKNOWN,
        STEADY,
        /** Growing gradients, a sign of too high a learning rate. */
        GREW
    }

    /** How the gradients developed before the step. */
    public Trend trend() {
        return GradientNorms.trend(norms);
    }

    /** Whether loss and gradients are finite the second time, so that the step is not deterministic. */
    public boolean isFiniteAgain() {
        return recomputed != null && recomputed.isFinite();
    }

    /** Whether loss and gradients are finite, but so large that the gradients' common norm overflows in fp32. */
    public boolean normOverflows() {
        return Double.isFinite(loss) && recomputed != null && recomputed.normOverflows();
    }

    @Override
    public String toString() {
        String again = diagnosis == null
                ? "it could not be computed again"
                : "computed again, parts that are not finite %s, first not finite %s"
                        .formatted(diagnosis.parts(), diagnosis.first());
        return "step %d: loss %s; %s; the whole step a second time %s; gradient norms of the steps before %s; loss scale %s"
                .formatted(step, loss, again, recomputed, norms, lossScale);
    }
}
