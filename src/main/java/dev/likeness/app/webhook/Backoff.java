package dev.likeness.app.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a delivery waits for its next attempt: 5 s, 20 s, 80 s and so on up to 4 h, each a fifth more or less. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final int FACTOR = 4;
    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** @param failures attempts that have failed, 1 at least */
    Duration after(int failures) {
        double seconds = Math.min(FIRST.toSeconds() * Math.pow(FACTOR, failures - 1.0), LONGEST.toSeconds());
        return Duration.ofMillis(Math.round(1000 * seconds * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
