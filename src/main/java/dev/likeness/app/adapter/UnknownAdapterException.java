package dev.likeness.app.adapter;

import java.util.UUID;

/** The adapter does not exist, or belongs to another owner. */
public class UnknownAdapterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    UnknownAdapterException(UUID id) {
        super("no adapter " + id);
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
