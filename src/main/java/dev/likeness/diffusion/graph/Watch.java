package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;

/** Is shown the tensors of a recorded pass in the order in which they come about. It must leave them as they are. */
public interface Watch {

    /** A weight, or a tensor of an adapter, that the next block computes with. */
    void onWeight(String name, NDArray weight);

    /**
     * What a block has made.
     *
     * @param block the prefix of its weights, or its kernel's name where it has none
     */
    void onOutput(String block, NDArray output);

    /** The gradient of the loss with respect to what enters a block. */
    void onInputGradient(String block, NDArray gradient);

    /** The gradient of the loss with respect to a weight, from one of the blocks that compute with it. */
    void onWeightGradient(String name, NDArray gradient);
}
