package dev.likeness.app.evaluation;

import dev.likeness.app.job.JobInUseException;
import java.util.UUID;

/** A job cannot be deleted because an unfinished evaluation uses its result. */
public class EvaluatedJobException extends JobInUseException {

    private static final long serialVersionUID = 1L;

    EvaluatedJobException(UUID id) {
        super(id, "job %s is evaluated".formatted(id));
    }
}
