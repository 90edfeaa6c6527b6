package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;
import jakarta.persistence.EnumeratedValue;

/** Why the cancellation of a task was requested. */
public enum CancelReason implements Wire {
    /** A client requested it. */
    REQUEST,
    /** The task was not final at its deadline. */
    DEADLINE;

    @EnumeratedValue
    private final String wire = wire();
}
