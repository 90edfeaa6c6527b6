package dev.likeness.app.model;

/** Nothing describes pictures for a base model. */
public class NoCaptionerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    NoCaptionerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Why, and what the operator has to do; may be shown to anybody. */
    public String reason() {
        return reason;
    }
}
