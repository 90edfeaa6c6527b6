package dev.likeness.app.adapter;

import java.util.UUID;

/** An adapter cannot be deleted because an unfinished generation uses it. */
public class AdapterInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    AdapterInUseException(UUID id) {
        super("adapter %s is in use".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
