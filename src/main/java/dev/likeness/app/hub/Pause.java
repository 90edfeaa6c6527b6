package dev.likeness.app.hub;

import java.time.Duration;

/** Waits. */
interface Pause {

    /** Waits in real time. */
    Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

    /** Longest wait between two checks. */
    Duration MOMENT = Duration.ofMillis(500);

    void sleep(Duration duration) throws InterruptedException;

    /**
     * Waits, and checks for cancellation twice a second.
     *
     * @throws HubException if the thread is interrupted
     */
    default void await(Duration duration, DownloadWatch watch) {
        try {
            for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(MOMENT)) {
                watch.check();
                sleep(left.compareTo(MOMENT) < 0 ? left : MOMENT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException("the download was interrupted", e);
        }
    }
}
