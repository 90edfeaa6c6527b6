package dev.likeness.app.classimage;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** The class set does not exist, or belongs to another owner. */
public class UnknownClassSetException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    UnknownClassSetException(UUID id) {
        super(RefusalKind.NOT_FOUND, id, "no class set " + id);
    }
}
