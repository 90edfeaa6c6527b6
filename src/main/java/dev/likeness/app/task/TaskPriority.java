package dev.likeness.app.task;

import java.time.Duration;
import java.time.Instant;

/**
 * Priorities of tasks. A level is worth a head start in the queue, so a task is overtaken only by those that are submitted within a
 * limited time after it, and none waits forever.
 */
public final class TaskPriority {

    public static final int LOWEST = -10;
    public static final int NORMAL = 0;
    public static final int HIGHEST = 10;

    /** The head start of one level. */
    static final Duration HEAD_START = Duration.ofHours(1);

    private TaskPriority() {}

    /**
     * The place of a task in the queue. The earliest one is next.
     *
     * @param since when the task began to wait
     * @param priority {@value #LOWEST} to {@value #HIGHEST}
     */
    static Instant place(Instant since, int priority) {
        return since.minus(HEAD_START.multipliedBy(priority));
    }
}
