package dev.likeness.diffusion.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Frees what failed backward passes leave behind. libtorch keeps the remaining nodes of a backward pass that failed on
 * the CPU in a queue of the thread, and with them the activations that these nodes saved. A later backward pass takes
 * them out ({@code Engine::thread_main} in libtorch's {@code torch/csrc/autograd/engine.cpp}). The queue yields the
 * newest nodes first, so a backward pass through a graph older than all others takes out every remaining node.
 */
public final class FailedBackward {

    private final PtNDArray product;
    private final PtNDArray one;

    /**
     * Records the older graph, so this has to precede other recording.
     *
     * @param owner frees it
     */
    public FailedBackward(NDManager owner) {
        NDManager cpu = owner.newSubManager(Device.cpu());
        PtNDArray leaf = (PtNDArray) cpu.ones(new Shape(1));
        one = (PtNDArray) cpu.ones(new Shape(1));
        JniUtils.attachGradient(leaf, true);
        JniUtils.setGradMode(true);
        try {
            product = (PtNDArray) leaf.mul(one);
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Frees what they left on the current thread. */
    public void free() {
        JniUtils.backward(product, one, true, false);
    }
}
