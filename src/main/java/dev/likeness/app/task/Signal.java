package dev.likeness.app.task;

/** What a worker is to do next. */
public enum Signal {
    CONTINUE,
    /** Stop, then say {@code canceled}. */
    CANCELED,
    /** Somebody else has the task, or it is gone. Stop and write nothing. */
    LEASE_LOST
}
