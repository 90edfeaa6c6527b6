package dev.likeness.diffusion.tensor;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs test code on an engine thread. */
public final class EngineTestThread {

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new EngineThreads().newThread(work);
        thread.setDaemon(true);
        return thread;
    });

    private EngineTestThread() {}

    /** Calls on the tests' only engine thread, and rethrows exceptions of the call. */
    public static <T> T call(Callable<T> work) throws Exception {
        try {
            return THREAD.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Runs on the tests' only engine thread. */
    public static void run(ThrowingRunnable work) throws Exception {
        call(() -> {
            work.run();
            return null;
        });
    }

    /** Work that may throw. */
    public interface ThrowingRunnable {
        void run() throws Exception;
    }
}
