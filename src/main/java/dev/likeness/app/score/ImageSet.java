package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.spec.ScoringSpec;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Which images a score is of. */
public enum ImageSet {
    /** Those that every scored checkpoint draws alike: {@link ScoringSpec}. */
    CHECKPOINT,
    /** Those that were asked for: {@link SamplingSpec}. */
    RESULTS;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
