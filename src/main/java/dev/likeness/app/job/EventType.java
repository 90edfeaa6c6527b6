package dev.likeness.app.job;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The kind of an event. */
public enum EventType {
    /** A worker has begun, possibly again. */
    START,
    /** A step was completed, or a phase entered. */
    PROGRESS,
    /** A readable line. */
    LOG,
    /** A figure measured during training, such as the loss. */
    METRIC,
    /** An image is available. */
    IMAGE,
    /** The job is final. Always the last event. */
    COMPLETED;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
