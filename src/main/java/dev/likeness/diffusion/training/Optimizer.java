package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** Changes parameters by their gradients. */
public interface Optimizer extends AutoCloseable {

    /**
     * Takes one step, in place.
     *
     * @param scope frees what the step needs on its way
     * @param gradients one for every parameter, by name
     */
    void step(NDManager scope, Map<String, NDArray> gradients, double learningRate);

    /** What has to be kept to go on later, by name; the tensors themselves. */
    Map<String, NDArray> state();

    @Override
    void close();
}
