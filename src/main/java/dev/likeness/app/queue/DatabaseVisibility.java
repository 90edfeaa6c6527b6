package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Records since when this process has reached the database without a gap. After a database outage all heartbeats look
 * stale, including those of active workers. A worker counts as dead only if the database was reachable for the whole
 * heartbeat timeout.
 */
final class DatabaseVisibility extends AbstractSchedulerListener {

    private final Duration silence;
    private final Duration gap;
    private final Clock clock;
    private Instant since;
    private Instant lastLook;

    /**
     * @param silence time without a heartbeat after which a worker counts as dead
     * @param lookEvery how often this process checks for dead workers
     */
    DatabaseVisibility(Duration silence, Duration lookEvery, Clock clock) {
        this.silence = silence;
        this.gap = lookEvery.multipliedBy(2);
        this.clock = clock;
        this.since = clock.instant();
        this.lastLook = since;
    }

    @Override
    public synchronized void onSchedulerEvent(SchedulerEventType type) {
        if (type == SchedulerEventType.RAN_DETECT_DEAD) {
            look();
        }
    }

    /** Whether a missing heartbeat means a dead worker. */
    synchronized boolean isLongEnough() {
        look();
        return Duration.between(since, lastLook).compareTo(silence) >= 0;
    }

    private void look() {
        Instant now = clock.instant();
        if (Duration.between(lastLook, now).compareTo(gap) > 0) {
            since = now;
        }
        lastLook = now;
    }
}
