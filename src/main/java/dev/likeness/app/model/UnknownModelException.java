package dev.likeness.app.model;

/** There is no such model. */
public class UnknownModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String id;

    UnknownModelException(String id) {
        super("no model " + id);
        this.id = id;
    }

    public String id() {
        return id;
    }
}
