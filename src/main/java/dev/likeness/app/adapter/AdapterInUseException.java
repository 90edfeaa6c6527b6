package dev.likeness.app.adapter;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** An adapter cannot be deleted because an unfinished generation or job uses it. */
public class AdapterInUseException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    AdapterInUseException(UUID id) {
        super(RefusalKind.WRONG_STATE, id, "adapter %s is in use".formatted(id));
    }
}
