package dev.likeness.app.score;

import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** The weights of a training step. */
public enum WeightsKind implements Wire {
    /** What was trained itself. */
    RAW,
    /** Its exponential moving average. */
    EMA;

    @EnumeratedValue
    private final String wire = wire();
}
