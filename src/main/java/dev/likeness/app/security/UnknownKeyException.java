package dev.likeness.app.security;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** The API key does not exist. */
public class UnknownKeyException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    UnknownKeyException(UUID id) {
        super("the API key %s does not exist".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.NOT_FOUND;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("id", id);
    }
}
