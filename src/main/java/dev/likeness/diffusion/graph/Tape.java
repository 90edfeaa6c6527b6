package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A forward pass that can be followed back once. */
public interface Tape {

    /** What the network gave, outside any graph. */
    List<NDArray> outputs();

    /**
     * Follows the pass back and frees what it kept.
     *
     * @param upstream for each output the gradient of the loss with respect to it, null where the loss does not depend
     *     on it
     */
    Gradients backward(List<@Nullable NDArray> upstream);

    /**
     * @param inputs for each input its gradient, null where it was not wanted
     * @param weights by name, in the order the names were asked for
     */
    record Gradients(List<@Nullable NDArray> inputs, Map<String, NDArray> weights) {}
}
