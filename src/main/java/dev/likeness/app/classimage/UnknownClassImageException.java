package dev.likeness.app.classimage;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.Map;
import java.util.UUID;

/** The class set has no image at this position. */
public class UnknownClassImageException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    private final int position;

    UnknownClassImageException(UUID set, int position) {
        super(RefusalKind.NOT_FOUND, set, "no image %d of class set %s".formatted(position, set));
        this.position = position;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("id", id(), "position", position);
    }
}
