package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Diagnoses a step whose loss or gradients are not finite, by computing it again.
 *
 * @param step 0 for the first
 * @param loss of the step
 * @param norms of the earlier steps, the latest last
 * @param scale the factor of the loss
 * @param scaled whether the factor belongs to dynamic loss scaling
 */
record LostStep(int step, double loss, List<Double> norms, double scale, boolean scaled) {

    /** @param manager owns temporary tensors */
    NanLossException explain(NDManager manager, Objective method, TrainingKernels kernels, StepPasses passes) {
        Diagnosis diagnosis = null;
        Recomputed recomputed = null;
        RuntimeException failure = null;
        try {
            diagnosis = diagnosis(manager, method, passes.count());
            if (diagnosis != null && !diagnosis.shows()) {
                recomputed = recomputed(manager, kernels, passes);
            }
        } catch (RuntimeException e) {
            // Mostly because memory is short. The message then states what is known without the diagnosis.
            failure = e;
        }
        NanLossException lost =
                new NanLossException(new NanLoss(step + 1, loss, diagnosis, recomputed, norms, scaled ? scale : null));
        if (failure != null) {
            lost.addSuppressed(failure);
        }
        return lost;
    }

    private @Nullable Diagnosis diagnosis(NDManager manager, Objective method, int passes) {
        Diagnosis last = null;
        for (int pass = 0; pass < passes && (last == null || !last.shows()); pass++) {
            try (NDManager scope = manager.newSubManager()) {
                last = method.diagnose(scope, step, pass, scale);
            }
        }
        return last;
    }

    private Recomputed recomputed(NDManager manager, TrainingKernels kernels, StepPasses passes) {
        try (NDManager scope = manager.newSubManager()) {
            Objective.Pass sum = passes.sum(scope, step, scale);
            boolean finite = sum.gradients().values().stream().allMatch(it -> kernels.isFinite(scope, it));
            double norm = kernels.unscaleAndClipInPlace(scope, sum.gradients().values(), scale, null);
            return new Recomputed(sum.loss(), finite, norm);
        }
    }
}
