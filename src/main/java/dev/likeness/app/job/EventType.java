package dev.likeness.app.job;

import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** The kind of an event. */
public enum EventType implements Wire {
    /** A worker has begun, possibly again. */
    START,
    /** A step was completed, or a phase entered. */
    PROGRESS,
    /** A readable line. */
    LOG,
    /** A figure measured during training, such as the loss. */
    METRIC,
    /** An image is available. */
    IMAGE,
    /** The job is final. Always the last event. */
    COMPLETED;

    @EnumeratedValue
    private final String wire = wire();
}
