package dev.likeness.diffusion.tensor;

import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the threads that may call the engine. Two of libtorch's switches are thread-local and wrong for us by default:
 * the graph executor's optimizer, with which gradients of an archive written here are silently wrong from the second
 * call on, and grad mode, which would record every call.
 */
public final class EngineThreads implements ThreadFactory {

    private final AtomicInteger count = new AtomicInteger();

    @Override
    public Thread newThread(Runnable work) {
        return new EngineThread(work, "engine-" + count.incrementAndGet());
    }

    /** Refuses a thread that no factory of this class made. */
    public static void requireCurrent() {
        if (!(Thread.currentThread() instanceof EngineThread)) {
            throw new IllegalStateException(
                    "thread " + Thread.currentThread().getName() + " is no engine thread; make it with EngineThreads");
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
            super.run();
        }
    }
}
