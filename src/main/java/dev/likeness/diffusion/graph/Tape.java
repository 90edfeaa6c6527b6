package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recorded forward pass for one backward pass. */
public interface Tape {

    /** The network's outputs, outside any graph. */
    List<NDArray> outputs();

    /**
     * Runs the backward pass and frees the recorded data.
     *
     * @param upstream for each output the gradient of the loss with respect to it; null if the loss does not depend on
     *     the output
     */
    Gradients backward(List<@Nullable NDArray> upstream);

    /**
     * @param inputs for each input its gradient; null if it was not requested
     * @param weights by name, in the order of the request
     */
    record Gradients(List<@Nullable NDArray> inputs, Map<String, NDArray> weights) {}
}
