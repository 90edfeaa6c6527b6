package dev.likeness.diffusion.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.likeness.diffusion.plan.HostMemory;
import dev.likeness.diffusion.tensor.EngineTestThread;
import dev.likeness.diffusion.tensor.EngineThreads;
import dev.likeness.diffusion.tensor.NativeHeap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailedBackwardTests {

    private static final int LAYERS = 64;
    private static final Shape ACTIVATION = new Shape(1 << 20);
    private static final long ACTIVATIONS = LAYERS * (long) Float.BYTES << 20;

    @Test
    void activationsOfAFailedBackwardPassAreFreed() throws Exception {
        EngineTestThread.run(() -> {
            try (TorchEngine engine = TorchEngine.start(new EngineOptions("cpu", 0, null, null, true))) {
                failAndFree(engine);
            }
        });
    }

    /** A worker starts its engine on another thread than the one that runs its tasks. */
    @Test
    void theyAreFreedOnAnyEngineThread() throws Exception {
        TorchEngine engine = EngineTestThread.call(() -> {
            try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
                // This thread has recorded more than the new one will.
                fail(manager);
            }
            return TorchEngine.start(new EngineOptions("cpu", 0, null, null, true));
        });
        FutureTask<Boolean> work = new FutureTask<>(() -> failAndFree(engine), true);

        new EngineThreads().newThread(work).start();

        assertThat(work.get()).isTrue();
        EngineTestThread.run(() -> {
            engine.releaseMemory();
            engine.close();
        });
    }

    private static void failAndFree(TorchEngine engine) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            // Later tests find no gaps of this size in the heap.
            NativeHeap.returnAtOnce(true);
            long before = held();

            fail(manager);
            assertThat(held() - before).as("kept by libtorch").isGreaterThan(ACTIVATIONS / 2);
            engine.releaseMemory();

            assertThat(held() - before).as("kept").isLessThan(ACTIVATIONS / 10);
        }
    }

    @AfterEach
    void heapAsItWas() {
        NativeHeap.returnAtOnce(false);
    }

    private static long held() {
        NativeHeap.trim();
        return new HostMemory().held();
    }

    /** Changes a value that the backward pass needs, in the branch that it runs first. */
    private static void fail(NDManager manager) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray leaf = scope.ones(ACTIVATION);
            JniUtils.attachGradient((PtNDArray) leaf, true);
            JniUtils.setGradMode(true);
            NDArray sum;
            try {
                NDArray deep = leaf;
                for (int i = 0; i < LAYERS; i++) {
                    deep = deep.sin();
                }
                NDArray changed = leaf.exp();
                sum = deep.sum().add(changed.sum());
                changed.addi(1);
            } finally {
                JniUtils.setGradMode(false);
            }
            assertThatThrownBy(() -> JniUtils.backward((PtNDArray) sum, (PtNDArray) scope.create(1f), false, false))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("modified by an inplace operation");
        }
    }
}
