package dev.likeness.app.adapter;

import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.RefusedIdException;
import java.util.UUID;

/** The adapter does not exist, or belongs to another owner. */
public class UnknownAdapterException extends RefusedIdException {

    private static final long serialVersionUID = 1L;

    UnknownAdapterException(UUID id) {
        super(RefusalKind.NOT_FOUND, id, "no adapter " + id);
    }
}
