package dev.likeness.app.job;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** A subject cannot be deleted because jobs use it. */
public class SubjectInUseException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    SubjectInUseException(UUID id) {
        super(RefusalKind.WRONG_STATE, id, "subject %s has jobs".formatted(id));
    }
}
