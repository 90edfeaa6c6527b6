package dev.likeness.app.score;

import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.spec.ScoringSpec;
import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** The images that a score belongs to. */
public enum ImageSet implements Wire {
    /** The images generated for every scored checkpoint: {@link ScoringSpec}. */
    CHECKPOINT,
    /** The same images of the raw weights, of a training whose checkpoints are averages (EMA). */
    RAW_CHECKPOINT,
    /** The requested images: {@link SamplingSpec}. */
    RESULTS;

    @EnumeratedValue
    private final String wire = wire();
}
