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
 * @param norms 2-norms of the gradients of the steps before, the latest last
 * @param lossScale what the loss was multiplied by for fp16; null in other precisions
 */
public record NanLoss(
        int step,
        double loss,
        @Nullable Diagnosis diagnosis,
        List<Double> norms,
        @Nullable Double lossScale) {

    public NanLoss {
        norms = List.copyOf(norms);
    }

    /** Whether the gradients grew before, as they do if the learning rate is too high. */
    public boolean grew() {
        return GradientNorms.grew(norms);
    }

    @Override
    public String toString() {
        String again = diagnosis == null
                ? "it could not be computed again"
                : "computed again, parts that are not finite %s, first not finite %s"
                        .formatted(diagnosis.parts(), diagnosis.first());
        return "step %d: loss %s; %s; gradient norms of the steps before %s; loss scale %s"
                .formatted(step, loss, again, norms, lossScale);
    }
}
