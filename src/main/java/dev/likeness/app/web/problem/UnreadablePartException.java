package dev.likeness.app.web.problem;

/** A part of a form should contain a JSON object, but does not. */
public class UnreadablePartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    public UnreadablePartException(String part) {
        super("part %s is not a JSON object".formatted(part));
        this.part = part;
    }

    public String part() {
        return part;
    }
}
