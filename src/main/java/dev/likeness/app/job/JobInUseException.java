package dev.likeness.app.job;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** A job cannot be deleted yet because unfinished work needs its result. */
public abstract class JobInUseException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    protected JobInUseException(UUID id, String message) {
        super(message);
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
        return Map.of("id", id());
    }
}
