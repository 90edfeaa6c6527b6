package dev.likeness.app.job;

import java.util.UUID;

/** A job cannot be deleted because others are trained on top of its result. */
public class BaseJobException extends JobInUseException {

    private static final long serialVersionUID = 1L;

    BaseJobException(UUID id) {
        super(id, "job %s is the base of others".formatted(id));
    }
}
