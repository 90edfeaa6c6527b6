package dev.likeness.app.task;

import java.util.UUID;

/** Whoever writes no longer has the lease: somebody else does, or the job is final or gone. Stop quietly. */
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
