package dev.likeness.app.adapter;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** The adapter does not exist, or belongs to another owner. */
public class UnknownAdapterException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    UnknownAdapterException(UUID id) {
        super("no adapter " + id);
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
