package dev.likeness.app.job;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** What an event tells. */
public enum EventType {
    /** A worker began, or began again. */
    START,
    /** A step was made, or a phase entered. */
    PROGRESS,
    /** A readable line. */
    LOG,
    /** A figure measured during training, such as the loss. */
    METRIC,
    /** An image is there. */
    IMAGE,
    /** The job is final. Always the last one. */
    COMPLETED;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
