package dev.likeness.app.task;

/** What a worker must do next. */
public enum Signal {
    CONTINUE,
    /** Stop, then report {@code canceled}. */
    CANCELED,
    /** Another worker has the task, or it is deleted. Stop and write nothing. */
    LEASE_LOST
}
