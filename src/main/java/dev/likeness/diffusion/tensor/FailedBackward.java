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
 * newest nodes first, so a backward pass through a graph older than all others takes out every remaining node. libtorch
 * counts the age of nodes for each thread apart, so each engine thread has an older graph of its own.
 */
public final class FailedBackward {

    private static final ThreadLocal<FailedBackward> OF_THREAD = new ThreadLocal<>();

    private final PtNDArray product;
    private final PtNDArray one;

    private FailedBackward(NDManager owner) {
        PtNDArray leaf = (PtNDArray) owner.ones(new Shape(1));
        one = (PtNDArray) owner.ones(new Shape(1));
        JniUtils.attachGradient(leaf, true);
        JniUtils.setGradMode(true);
        try {
            product = (PtNDArray) leaf.mul(one);
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /** Records the older graph of the current thread, so this has to precede other recording, and does the thread's work. */
    static void prepare(Runnable work) {
        try (NDManager owner = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            OF_THREAD.set(new FailedBackward(owner));
            work.run();
        } finally {
            OF_THREAD.remove();
        }
    }

    /**
     * Frees what they left on the current thread.
     *
     * @throws IllegalStateException if it is not an engine thread
     */
    public static void free() {
        EngineThreads.requireCurrent();
        FailedBackward own = OF_THREAD.get();
        JniUtils.backward(own.product, own.one, true, false);
    }
}
