package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.spec.ScoringSpec;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** The images that a score belongs to. */
public enum ImageSet {
    /** The images generated for every scored checkpoint: {@link ScoringSpec}. */
    CHECKPOINT,
    /** The requested images: {@link SamplingSpec}. */
    RESULTS;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
