package dev.likeness.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** Updates parameters with their gradients. */
public interface Optimizer extends Stateful, AutoCloseable {

    /**
     * Takes one step, in place.
     *
     * @param scope frees temporary tensors
     * @param gradients one for every parameter, by name
     */
    void step(NDManager scope, Map<String, NDArray> gradients, double learningRate);

    /** Puts the weights that training results in into the parameters, where an optimizer trains at another point. */
    default void evaluate() {}

    /** Undoes {@link #evaluate}, so that training continues. */
    default void resume() {}

    @Override
    void close();
}
