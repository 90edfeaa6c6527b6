package dev.likeness.app.memory;

import java.util.UUID;

/** A job does not fit into the memory of one worker's device, but into another's. */
public final class RoomElsewhereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RoomElsewhereException(UUID jobId) {
        super("job %s needs a worker with more memory".formatted(jobId));
    }
}
