package dev.likeness.app.subject;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** The subject does not exist, or belongs to another owner. */
public class UnknownSubjectException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    public UnknownSubjectException(UUID id) {
        super("no subject " + id);
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
