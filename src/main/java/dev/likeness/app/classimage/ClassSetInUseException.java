package dev.likeness.app.classimage;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** A class set cannot be deleted because an unfinished job uses it. */
public class ClassSetInUseException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    ClassSetInUseException(UUID id) {
        super(RefusalKind.WRONG_STATE, id, "in use: class set " + id);
    }
}
