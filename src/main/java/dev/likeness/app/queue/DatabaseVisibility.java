package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Since when this process has seen the database without a gap. After an outage every heartbeat is old, also those of the
 * living: a process believes in somebody's death only once it could have seen a heartbeat for as long as none came.
 */
final class DatabaseVisibility extends AbstractSchedulerListener {

    private final Duration silence;
    private final Duration gap;
    private final Clock clock;
    private Instant since;
    private Instant lastLook;

    /**
     * @param silence after which somebody counts as dead
     * @param lookEvery how often this process looks for the dead
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

    /** Whether silence means death. */
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
