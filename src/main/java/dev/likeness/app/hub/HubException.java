package dev.likeness.app.hub;

/** A repository cannot be had. */
public class HubException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    HubException(String reason) {
        super(reason);
        this.reason = reason;
    }

    HubException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** Why, and what to do; may be shown to anybody. */
    public String reason() {
        return reason;
    }
}
