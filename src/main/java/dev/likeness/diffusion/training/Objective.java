package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a method trains, and how a loss and its gradients come about. */
public interface Objective {

    /** The trained tensors by name, fp32. */
    Map<String, NDArray> parameters();

    /**
     * Computes the loss of one forward pass and its gradients.
     *
     * @param scope frees the gradients
     * @param step 0 for the first
     * @param pass 0 for the first of an optimizer step
     * @param lossScale what the gradients are multiplied by, so that they do not vanish in fp16
     */
    Pass pass(NDManager scope, int step, int pass, double lossScale);

    /**
     * Computes a pass once more with the same random draws, slowly, and says what of it was not finite. Changes nothing.
     *
     * @param scope frees what it needs
     * @return null if the method cannot say
     */
    default @Nullable Diagnosis diagnose(NDManager scope, int step, int pass, double lossScale) {
        return null;
    }

    /** What has to be kept besides the parameters to go on later, by name; the tensors themselves. */
    default Map<String, NDArray> state() {
        return Map.of();
    }

    /** Follows every optimizer step. */
    default void afterStep() {}

    /**
     * @param loss of this pass, its share of the step's loss
     * @param gradients one for every parameter, by name
     */
    record Pass(double loss, Map<String, NDArray> gradients) {}
}
