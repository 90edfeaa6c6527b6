package dev.likeness.app.security;

import java.util.UUID;

/** The API key does not exist. */
public class UnknownKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    UnknownKeyException(UUID id) {
        super("the API key %s does not exist".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
