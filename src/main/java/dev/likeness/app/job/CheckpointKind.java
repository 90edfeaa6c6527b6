package dev.likeness.app.job;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The purpose of a saved checkpoint. */
public enum CheckpointKind {
    /**
     * Training resumes from it. Only the last few are kept. For a final job they are kept only if it failed and might
     * succeed another time.
     */
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
