package dev.likeness.app.task;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Why a task failed. */
public enum ErrorCode {
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
    private final String wire = name().toLowerCase(Locale.ROOT);

    private final boolean retryable;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same request may succeed another time. */
    public boolean isRetryable() {
        return retryable;
    }

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
