package dev.likeness.diffusion.tensor;

/**
 * A model folder is incomplete or unsupported, or its weights do not match its configuration. The message names the
 * part.
 */
public class InvalidModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
