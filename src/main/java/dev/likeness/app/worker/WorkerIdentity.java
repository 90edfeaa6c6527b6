package dev.likeness.app.worker;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** This worker process. */
public record WorkerIdentity(UUID id, Instant startedAt) {

    /** The software's version, from the jar's manifest. */
    static String version() {
        return Optional.ofNullable(WorkerIdentity.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
