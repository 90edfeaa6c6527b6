package dev.likeness.app.web;

/** A part of a form should hold a JSON object, and does not. */
class UnreadablePartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    UnreadablePartException(String part) {
        super("part %s is not a JSON object".formatted(part));
        this.part = part;
    }

    String part() {
        return part;
    }
}
