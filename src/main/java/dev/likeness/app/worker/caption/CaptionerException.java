package dev.likeness.app.worker.caption;

import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.worker.task.ExplainedException;
import dev.likeness.diffusion.tensor.InvalidModelException;

/** The captioner's files cannot be used. The message is for the log. */
public class CaptionerException extends RuntimeException implements ExplainedException {

    private static final long serialVersionUID = 1L;

    public CaptionerException(InvalidModelException cause) {
        super("the captioner: " + cause.getMessage(), cause);
    }

    @Override
    public Failure failure(String model) {
        return new Failure(
                ErrorCode.INVALID_MODEL,
                "the captioner of %s is incomplete, damaged or not supported".formatted(model));
    }
}
