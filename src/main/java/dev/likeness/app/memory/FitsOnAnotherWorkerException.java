package dev.likeness.app.memory;

import java.util.UUID;

/** A job does not fit on its worker's device, but fits on another worker's. */
public final class FitsOnAnotherWorkerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FitsOnAnotherWorkerException(UUID jobId) {
        super("job %s needs a worker with more memory".formatted(jobId));
    }
}
