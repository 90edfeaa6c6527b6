package dev.likeness.app.task;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;

/** The caller may not let a task overtake those of others. */
public class PriorityNotAllowedException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final int priority;

    PriorityNotAllowedException(int priority) {
        super("priority %d without the scope admin".formatted(priority));
        this.priority = priority;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.FORBIDDEN;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("priority", priority, "highest", TaskPriority.NORMAL);
    }
}
