package dev.likeness.app.subject;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** The subject does not exist, or belongs to another owner. */
public class UnknownSubjectException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    public UnknownSubjectException(UUID id) {
        super(RefusalKind.NOT_FOUND, id, "no subject " + id);
    }
}
