package dev.likeness.app.model;

/** The model does not exist or cannot be used. The message names it, and is safe to show to any caller. */
public class UnknownModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String reason;

    UnknownModelException(String id) {
        this(id, "there is no model " + id);
    }

    /** @param reason why a listed model cannot be used */
    UnknownModelException(String id, String reason) {
        super(reason);
        this.id = id;
        this.reason = reason;
    }

    public String id() {
        return id;
    }

    /** The reason; safe to show to any caller. */
    public String reason() {
        return reason;
    }
}
