package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sum of the passes of one optimizer step. */
final class StepPasses {

    private final Objective method;
    private final TrainingKernels kernels;
    private final int count;

    /** @param count passes per step */
    StepPasses(Objective method, TrainingKernels kernels, int count) {
        this.method = method;
        this.kernels = kernels;
        this.count = count;
    }

    int count() {
        return count;
    }

    /**
     * Computes a step.
     *
     * @param scope frees the gradients
     * @param step 0 for the first
     */
    Objective.Pass sum(NDManager scope, int step, double lossScale) {
        double loss = 0;
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        for (int pass = 0; pass < count; pass++) {
            Objective.Pass result = method.pass(scope, step, pass, lossScale);
            loss += result.loss();
            if (pass == 0) {
                gradients.putAll(result.gradients());
            } else {
                addInPlace(scope, gradients, result.gradients());
            }
        }
        return new Objective.Pass(loss, gradients);
    }

    private void addInPlace(NDManager scope, Map<String, NDArray> sums, Map<String, NDArray> more) {
        List<NDArray> ordered = new ArrayList<>();
        sums.keySet().forEach(name -> ordered.add(more.get(name)));
        kernels.accumulateInPlace(scope, sums.values(), ordered);
        ordered.forEach(NDArray::close);
    }
}
