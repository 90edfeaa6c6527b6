package dev.likeness.app.webhook;

import java.util.Optional;
import java.util.UUID;

/** What receivers get to see of a job. */
@FunctionalInterface
public interface EventBodies {

    /** The job as the API shows it now, to be written as JSON; empty if it has gone. */
    Optional<Object> job(UUID id);
}
