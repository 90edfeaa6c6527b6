package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;

/** The result of the check of a worker's engine. */
public enum EngineCheckOutcome implements Wire {
    /** The check has not ended. */
    UNKNOWN,
    /** The worker's settings turn the check off. */
    SKIPPED,
    PASSED,
    FAILED
}
