package dev.likeness.diffusion.tensor;

import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates the threads that may call the engine. Two of libtorch's switches are thread-local and have defaults that are
 * wrong here. With the graph executor's optimizer, gradients of an archive written here are silently wrong from the
 * second call on. With grad mode, every call would be recorded.
 */
public final class EngineThreads implements ThreadFactory {

    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        return new EngineThread(work, "engine-" + count.incrementAndGet());
    }

    /** Throws unless a factory of this class created the current thread. */
    public static void requireCurrent() {
        if (!(Thread.currentThread() instanceof EngineThread)) {
            throw new IllegalStateException("thread " + Thread.currentThread().getName()
                    + " is not an engine thread; make it with EngineThreads");
        }
    }

    private static final class EngineThread extends Thread {

        EngineThread(Runnable work, String name) {
            super(work, name);
        }

        @Override
        public void run() {
            LibTorch.load();
            JniUtils.setGraphExecutorOptimize(false);
            JniUtils.setGradMode(false);
            FailedBackward.prepare(() -> super.run());
        }
    }
}
