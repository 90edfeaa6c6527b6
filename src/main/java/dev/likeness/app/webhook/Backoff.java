package dev.likeness.app.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The delay before the next attempt of a delivery: 5 s, 20 s, 80 s and so on up to 4 h, varied by a fifth. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final int FACTOR = 4;
    private static final double JITTER = 0.2;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** @param failures number of failed attempts, at least 1 */
    Duration after(int failures) {
        double seconds = Math.min(FIRST.toSeconds() * Math.pow(FACTOR, failures - 1.0), LONGEST.toSeconds());
        return Duration.ofMillis(Math.round(1000 * seconds * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
