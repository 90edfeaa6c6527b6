package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The training objective of a run: its parameters, and the computation of the loss and its gradients. */
public interface Objective {

    /** The trained tensors by name, fp32. */
    Map<String, NDArray> parameters();

    /**
     * Computes the loss of one forward pass and its gradients.
     *
     * @param scope frees the gradients
     * @param step 0 for the first
     * @param pass 0 for the first of an optimizer step
     * @param lossScale factor of the gradients, so that they do not vanish in fp16
     */
    Pass pass(NDManager scope, int step, int pass, double lossScale);

    /**
     * Computes a pass again with the same random numbers, more slowly, and finds its tensors that are not finite. Changes
     * nothing.
     *
     * @param scope frees temporary tensors
     * @return null if the objective cannot tell
     */
    default @Nullable Diagnosis diagnose(NDManager scope, int step, int pass, double lossScale) {
        return null;
    }

    /** The state besides the parameters that a checkpoint keeps, by name; the tensors themselves. */
    default Map<String, NDArray> state() {
        return Map.of();
    }

    /** Called after every optimizer step. */
    default void afterStep() {}

    /**
     * @param loss of this pass, as its share of the step's loss
     * @param gradients one for every parameter that the step trains, by name
     */
    record Pass(double loss, Map<String, NDArray> gradients) {}
}
