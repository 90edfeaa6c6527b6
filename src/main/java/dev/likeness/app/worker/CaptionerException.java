package dev.likeness.app.worker;

import dev.likeness.diffusion.tensor.InvalidModelException;

/** What describes pictures cannot be used. The message is for the log. */
class CaptionerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CaptionerException(InvalidModelException cause) {
        super("the captioner: " + cause.getMessage(), cause);
    }
}
