package dev.likeness.app.job;

import java.util.UUID;

/** A job cannot be deleted because an evaluation that is not finished draws with its result. */
public class EvaluatedJobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    EvaluatedJobException(UUID id) {
        super("job %s is evaluated".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
