package dev.likeness.app.job;

import java.util.UUID;

/** A job cannot be deleted because a generation of another job that is not finished draws with its result. */
public class MergedJobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    MergedJobException(UUID id) {
        super("job %s is merged into a generation".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
