package dev.likeness.app.adapter;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** An adapter cannot be deleted because an unfinished generation or job uses it. */
public class AdapterInUseException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    AdapterInUseException(UUID id) {
        super("adapter %s is in use".formatted(id));
        this.id = id;
    }

    public UUID id() {
        return id;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.WRONG_STATE;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("id", id);
    }
}
