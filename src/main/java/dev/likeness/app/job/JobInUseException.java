package dev.likeness.app.job;

import java.util.UUID;

/** A job cannot be deleted yet because something else needs its result. */
public abstract class JobInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    protected JobInUseException(UUID id, String message) {
        super(message);
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
