package dev.likeness.app.model;

/** Nothing describes pictures for a base model. The message says what the operator has to do, and may be shown to anybody. */
public class NoCaptionerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoCaptionerException(String message) {
        super(message);
    }
}
