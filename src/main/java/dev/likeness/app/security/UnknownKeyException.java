package dev.likeness.app.security;

import java.util.UUID;

/** There is no API key with this id. */
public class UnknownKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    UnknownKeyException(UUID id) {
        super("there is no API key %s".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
