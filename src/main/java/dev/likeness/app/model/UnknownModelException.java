package dev.likeness.app.model;

/** There is no such model, or it cannot be used. The message says which, and may be shown to anybody. */
public class UnknownModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String id;
    private final String reason;

    UnknownModelException(String id) {
        this(id, "there is no model " + id);
    }

    /** @param reason why a model that is offered cannot be used */
    UnknownModelException(String id, String reason) {
        super(reason);
        this.id = id;
        this.reason = reason;
    }

    public String id() {
        return id;
    }

    /** Why; may be shown to anybody. */
    public String reason() {
        return reason;
    }
}
