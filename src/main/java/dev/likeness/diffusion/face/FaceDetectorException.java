package dev.likeness.diffusion.face;

/** Face detection does not work on this machine. The message says what is missing or damaged. */
public class FaceDetectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FaceDetectorException(String message) {
        super(message);
    }

    FaceDetectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
