package dev.likeness.app.task;

import java.util.UUID;

/**
 * The lease is no longer current: another worker has the task, or the task is final or deleted. Stop without an error.
 */
public class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID taskId;
    private final int attempt;

    public LeaseLostException(UUID taskId, int attempt) {
        super("attempt %d no longer has the lease of %s".formatted(attempt, taskId));
        this.taskId = taskId;
        this.attempt = attempt;
    }

    public UUID taskId() {
        return taskId;
    }

    public int attempt() {
        return attempt;
    }
}
