package dev.likeness.app.spec;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.app.refusal.Violation;
import java.util.List;

/** A valid request that cannot be executed with its settings. */
public class InvalidSpecException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    public InvalidSpecException(List<Violation> violations) {
        super(violations.toString());
        this.violations = List.copyOf(violations);
    }

    /** At least one. */
    @Override
    public List<Violation> violations() {
        return violations;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.INVALID_REQUEST;
    }
}
