package dev.likeness.app.subject;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.Map;
import java.util.UUID;

/** The picture at this position has no mask. */
public class NoMaskException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    private final int position;

    NoMaskException(UUID subject, int position) {
        super(RefusalKind.NOT_FOUND, subject, "no mask of picture %d of subject %s".formatted(position, subject));
        this.position = position;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("id", id(), "position", position);
    }
}
