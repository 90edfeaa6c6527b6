package dev.likeness.app.hub;

/** A repository cannot be downloaded. */
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

    /** The reason and what to do; safe to show to any caller. */
    public String reason() {
        return reason;
    }
}
