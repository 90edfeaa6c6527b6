package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** The status of a task: a job, a generation, captions or an evaluation. */
public enum TaskStatus implements Wire {
    /** Waits for a worker. */
    QUEUED,
    /** A worker has leased it and is about to begin. */
    STARTING,
    /** A worker processes it. */
    PROCESSING,
    /** Completed. Final. */
    SUCCEEDED,
    /** Failed; the error states the reason. Final. */
    FAILED,
    /** Stopped on request. Final. */
    CANCELED;

    @EnumeratedValue
    private final String wire = wire();

    /** Whether the status is final. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELED;
    }

    /** Whether a worker has leased it. */
    public boolean isLeased() {
        return this == STARTING || this == PROCESSING;
    }
}
