package dev.likeness.app.worker;

import java.time.Duration;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** The pause before a worker is restarted: 0.5 s at first, twice as long after each early death, at most 30 s. */
final class RestartPause {

    /** A worker that ran this long did not fail during startup. */
    private static final Duration STARTED = Duration.ofMinutes(1);

    private final ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
    private BackOffExecution failures = backOff.start();

    RestartPause() {
        backOff.setMaxInterval(Duration.ofSeconds(30).toMillis());
    }

    Duration after(Duration lifetime) {
        if (lifetime.compareTo(STARTED) >= 0) {
            failures = backOff.start();
        }
        return Duration.ofMillis(failures.nextBackOff());
    }
}
