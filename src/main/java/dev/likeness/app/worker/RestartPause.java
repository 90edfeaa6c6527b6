package dev.likeness.app.worker;

import java.time.Duration;

/** How long to wait before a worker is started again: longer each time it dies young. */
final class RestartPause {

    private static final Duration SHORTEST = Duration.ofMillis(500);

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Who lived as long did not die of its start. */
    private static final Duration GROWN_UP = Duration.ofMinutes(1);

    private Duration next = SHORTEST;

    Duration after(Duration lived) {
        if (lived.compareTo(GROWN_UP) >= 0) {
            next = SHORTEST;
        }
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
