package dev.likeness.app.generation;

import dev.likeness.app.job.JobInUseException;
import java.util.UUID;

/** A job cannot be deleted because an unfinished generation of another job uses its result. */
public class MergedJobException extends JobInUseException {

    private static final long serialVersionUID = 1L;

    MergedJobException(UUID id) {
        super(id, "job %s is merged into a generation".formatted(id));
    }
}
