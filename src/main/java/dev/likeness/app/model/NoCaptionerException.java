package dev.likeness.app.model;

/** A base model has no captioner. */
public class NoCaptionerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    NoCaptionerException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The reason and what the operator must do; safe to show to any caller. */
    public String reason() {
        return reason;
    }
}
