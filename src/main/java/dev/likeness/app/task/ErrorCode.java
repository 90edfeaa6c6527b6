package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** Why a task failed. */
public enum ErrorCode implements Wire {
    OUT_OF_MEMORY(false),
    PLAN_DOES_NOT_FIT(false),
    INVALID_MODEL(false),
    MODEL_UNAVAILABLE(true),
    NAN_LOSS(false),
    WORKER_LOST(true),
    TIMED_OUT(true),
    STORAGE(true),
    INTERNAL(true);

    @EnumeratedValue
    private final String wire = wire();

    private final boolean retryable;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request may succeed another time. */
    public boolean isRetryable() {
        return retryable;
    }
}
