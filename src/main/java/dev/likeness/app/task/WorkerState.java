package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;

/** What a worker does. */
public enum WorkerState implements Wire {
    /** The engine is not checked yet. */
    STARTING,
    /** It waits for a task. */
    IDLE,
    /** It runs a task. */
    BUSY,
    /** It takes no tasks, because its engine failed the check or could not be checked. */
    REFUSING,
    /** It has stopped sending heartbeats, or was killed. */
    LOST
}
