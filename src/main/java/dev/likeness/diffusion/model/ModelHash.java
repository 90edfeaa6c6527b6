package dev.likeness.diffusion.model;

import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The SHA-256 of a model's files, which a thread of its own computes: the first images or steps are prepared meanwhile. */
public final class ModelHash {

    static final String THREAD = "model-hash";

    private final FutureTask<String> task;

    private ModelHash(FutureTask<String> task) {
        this.task = task;
    }

    /** One that is computed from now on. */
    static ModelHash start(Callable<String> computation) {
        FutureTask<String> task = new FutureTask<>(computation);
        Thread thread = new Thread(task, THREAD);
        thread.setDaemon(true);
        thread.start();
        return new ModelHash(task);
    }

    /** One that is known. */
    public static ModelHash known(String hash) {
        FutureTask<String> task = new FutureTask<>(() -> hash);
        task.run();
        return new ModelHash(task);
    }

    /** Ends the computation, after which there is no hash if it was not computed yet. */
    public void cancel() {
        task.cancel(true);
    }

    /**
     * The hash, in hexadecimal. Waits until it is computed.
     *
     * @throws InvalidModelException if a file cannot be read
     */
    public String value() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the model's files were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidModelException invalid) {
                throw invalid;
            }
            throw new IllegalStateException("the model's hash", e.getCause());
        }
    }
}
