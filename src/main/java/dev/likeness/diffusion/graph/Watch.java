package dev.likeness.diffusion.graph;

import ai.djl.ndarray.NDArray;

/** Receives the tensors of a recorded pass in the order of their computation. Implementations must not modify them. */
public interface Watch {

    /** A weight, or a tensor of an adapter, that the next block uses. */
    void onWeight(String name, NDArray weight);

    /**
     * The output of a block.
     *
     * @param block the prefix of its weights, or its kernel's name if it has none
     */
    void onOutput(String block, NDArray output);

    /** The gradient of the loss with respect to a block's input. */
    void onInputGradient(String block, NDArray gradient);

    /** The gradient of the loss with respect to a weight, from one of the blocks that use it. */
    void onWeightGradient(String name, NDArray gradient);
}
