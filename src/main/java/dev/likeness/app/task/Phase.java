package dev.likeness.app.task;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The phase of a job that is being processed. */
public enum Phase {
    PREPARING,
    PRIOR_IMAGES,
    TRAINING,
    SAMPLING,
    EVALUATING,
    EXPORTING;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
