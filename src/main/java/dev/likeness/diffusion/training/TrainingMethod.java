package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** What a method trains, and how a loss and its gradients come about. */
public interface TrainingMethod {

    /** The trained tensors by name, fp32. */
    Map<String, NDArray> parameters();

    /**
     * Computes the loss of one forward pass and its gradients.
     *
     * @param scope frees the gradients
     * @param step 0 for the first
     * @param pass 0 for the first of an optimizer step
     */
    Pass pass(NDManager scope, int step, int pass);

    /**
     * @param loss of this pass, its share of the step's loss
     * @param gradients one for every parameter, by name
     */
    record Pass(double loss, Map<String, NDArray> gradients) {}
}
