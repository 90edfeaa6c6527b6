package dev.likeness.app.job;

import java.util.UUID;

/** A job cannot be deleted because others are trained on top of its result. */
public class BaseJobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    BaseJobException(UUID id) {
        super("job %s is the base of others".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
