package dev.likeness.app.webhook;

import java.util.Optional;
import java.util.UUID;

/** The content of events. */
@FunctionalInterface
public interface EventBodies {

    /** The job as the API shows it now, for JSON; empty if it was deleted. */
    Optional<Object> job(UUID id);
}
