package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.likeness.app.spec.JobSpec;
import jakarta.persistence.EnumeratedValue;
import java.util.Locale;

/** Which images a score is of. */
public enum ImageSet {
    /** Those that every scored checkpoint draws alike: {@link JobSpec.Evaluation}. */
    CHECKPOINT,
    /** Those that were asked for: {@link JobSpec.Sampling}. */
    RESULTS;

    @EnumeratedValue
    private final String wire = name().toLowerCase(Locale.ROOT);

    /** As it stands in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
