package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;

/** What a task's webhook is called for. */
public enum WebhookEvent implements Wire {
    /** A worker begins. */
    START,
    /** The worker has made progress. */
    PROGRESS,
    /** The task is final. */
    COMPLETED
}
