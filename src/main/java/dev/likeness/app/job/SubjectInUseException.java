package dev.likeness.app.job;

import java.util.UUID;

/** A subject cannot be deleted because jobs have it. */
public class SubjectInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    SubjectInUseException(UUID id) {
        super("subject %s has jobs".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
