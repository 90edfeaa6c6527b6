package dev.likeness.app.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until an API process of this version has brought the database's schema up to date. */
final class SchemaWait {

    private static final Logger log = LoggerFactory.getLogger(SchemaWait.class);

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Clock clock;

    SchemaWait(Clock clock) {
        this.clock = clock;
    }

    void await(Flyway flyway) {
        Instant giveUp = clock.instant().plus(LIMIT);
        while (flyway.info().pending().length > 0) {
            if (clock.instant().isAfter(giveUp)) {
                throw new IllegalStateException(
                        "the database's schema is not up to date after %s; is an API process of this version running?"
                                .formatted(LIMIT));
            }
            log.info("Waiting for the database's schema");
            pause();
        }
        flyway.validate();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database's schema", e);
        }
    }
}
