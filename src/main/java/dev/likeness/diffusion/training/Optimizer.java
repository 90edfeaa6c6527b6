package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** Updates parameters with their gradients. */
public interface Optimizer extends AutoCloseable {

    /**
     * Takes one step, in place.
     *
     * @param scope frees temporary tensors
     * @param gradients one for every parameter, by name
     */
    void step(NDManager scope, Map<String, NDArray> gradients, double learningRate);

    /** The state that a checkpoint keeps, by name; the tensors themselves. */
    Map<String, NDArray> state();

    @Override
    void close();
}
