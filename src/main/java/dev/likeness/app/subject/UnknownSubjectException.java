package dev.likeness.app.subject;

import java.util.UUID;

/** The subject does not exist, or belongs to another owner. */
public class UnknownSubjectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    public UnknownSubjectException(UUID id) {
        super("no subject " + id);
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
