package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** The phase of a job that is being processed. */
public enum Phase implements Wire {
    PREPARING,
    PRIOR_IMAGES,
    TRAINING,
    SAMPLING,
    EVALUATING,
    EXPORTING;

    @EnumeratedValue
    private final String wire = wire();
}
