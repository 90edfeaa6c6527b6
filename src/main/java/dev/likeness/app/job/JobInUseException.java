package dev.likeness.app.job;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** A job cannot be deleted yet because unfinished work needs its result. */
public abstract class JobInUseException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    protected JobInUseException(UUID id, String message) {
        super(RefusalKind.WRONG_STATE, id, message);
    }
}
