package dev.likeness.app.job;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** A subject cannot be deleted because jobs use it. */
public class SubjectInUseException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    SubjectInUseException(UUID id) {
        super("subject %s has jobs".formatted(id));
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
