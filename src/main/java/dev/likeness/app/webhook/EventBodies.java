package dev.likeness.app.webhook;

import dev.likeness.app.task.TaskRef;
import java.util.Optional;

/** The content of events. */
@FunctionalInterface
public interface EventBodies {

    /** The task as the API shows it now, for JSON; empty if it was deleted. */
    Optional<Object> of(TaskRef task);
}
