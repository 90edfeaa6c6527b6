package dev.likeness.app.security;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** The API key does not exist. */
public class UnknownKeyException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    UnknownKeyException(UUID id) {
        super(RefusalKind.NOT_FOUND, id, "the API key %s does not exist".formatted(id));
    }
}
