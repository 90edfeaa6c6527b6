package dev.likeness.app.memory;

import java.util.UUID;

/** A job does not fit on the device of its worker, but on that of another worker. */
public final class FitsOnAnotherWorkerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FitsOnAnotherWorkerException(UUID jobId) {
        super("job %s needs a worker with more memory".formatted(jobId));
    }
}
