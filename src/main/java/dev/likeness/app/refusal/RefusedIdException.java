package dev.likeness.app.refusal;

import java.util.Map;
import java.util.UUID;

/** A request that is refused because of the thing that it names by id. The text has the placeholder {@code id}. */
public abstract class RefusedIdException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final RefusalKind kind;
    private final UUID id;

    protected RefusedIdException(RefusalKind kind, UUID id, String message) {
        super(message);
        this.kind = kind;
        this.id = id;
    }

    public UUID id() {
        return id;
    }

    @Override
    public RefusalKind kind() {
        return kind;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("id", id);
    }
}
