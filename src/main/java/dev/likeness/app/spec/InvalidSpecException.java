package dev.likeness.app.spec;

import java.util.List;

/** A request was understood, but cannot be done as it is. */
public class InvalidSpecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidSpecException(List<Violation> violations) {
        super(violations.toString());
        this.violations = List.copyOf(violations);
    }

    /** At least one. */
    public List<Violation> violations() {
        return violations;
    }
}
