package dev.likeness.app.job;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** What a kept checkpoint is good for. */
public enum CheckpointKind {
    /** Training goes on from it. Only the last few are kept, and of a final job only those of one that failed and might succeed another time. */
    RESUME,
    /** Weights to generate images with. Kept as long as the job. */
    WEIGHTS;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
