package dev.likeness.diffusion.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a training step without a finite loss, or without finite gradients.
 *
 * @param step 1 for the first
 * @param loss of the step; a finite number if only gradients were none
 * @param diagnosis of the step's first pass that shows something when it is computed again, or of its last; null if it
 *     could not be computed again
 * @param recomputed the whole step when it is computed again, if its diagnosis shows nothing; null otherwise, or if it could
 *     not be computed again
 * @param norms 2-norms of the gradients of the steps before, the latest last
 * @param lossScale what the loss was multiplied by for fp16; null in other precisions
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

    /** How gradients went on before a step was lost. */
    public enum Trend {
        /** Too few steps to say. */
        UNKNOWN,
        STEADY,
        /** As they do if the learning rate is too high. */
        GREW
    }

    /** How the gradients went on before. */
    public Trend trend() {
        return GradientNorms.trend(norms);
    }

    /** Whether loss and gradients are finite the second time: the step is not computed the same each time. */
    public boolean isFiniteAgain() {
        return recomputed != null && recomputed.isFinite();
    }

    /** Whether loss and gradients are finite, but so large that the gradients' common norm is none in fp32. */
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
