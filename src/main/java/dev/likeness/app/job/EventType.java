package dev.likeness.app.job;

import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** The type of an event in a job's event stream. */
public enum EventType implements Wire {
    /** A worker has started an attempt. An attempt that follows a lost worker has one too. */
    START,
    /** A step has ended, or a phase has begun. */
    PROGRESS,
    /** A line of the log, to display. */
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
