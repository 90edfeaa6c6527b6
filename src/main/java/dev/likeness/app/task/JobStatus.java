package dev.likeness.app.task;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Where a job, a generation or captions stand. */
public enum JobStatus {
    /** Waits for a worker. */
    QUEUED,
    /** A worker has it and is about to begin. */
    STARTING,
    /** A worker is at it. */
    PROCESSING,
    /** Done. Final. */
    SUCCEEDED,
    /** Given up; the error says why. Final. */
    FAILED,
    /** Stopped on request. Final. */
    CANCELED;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** As it stands in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** Whether nothing changes any more. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELED;
    }

    /** Whether a worker has it. */
    public boolean isLeased() {
        return this == STARTING || this == PROCESSING;
    }
}
