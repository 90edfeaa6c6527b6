package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DatabaseSightTests {

    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(4);

    private final SettableClock clock = new SettableClock();
    private final DatabaseSight sight = new DatabaseSight(SILENCE, LOOK_EVERY, clock);

    @Test
    void believesInADeathOnceItHasLookedAsLongAsTheSilence() {
        look(4);
        assertThat(sight.isLongEnough()).isFalse();
        look(4);
        assertThat(sight.isLongEnough()).isTrue();
    }

    @Test
    void beginsAnewAfterTheDatabaseWasAway() {
        look(4);
        look(4);
        assertThat(sight.isLongEnough()).isTrue();

        clock.now = clock.now.plusSeconds(30);
        assertThat(sight.isLongEnough()).isFalse();
        look(4);
        assertThat(sight.isLongEnough()).isFalse();
        look(4);
        assertThat(sight.isLongEnough()).isTrue();
    }

    private void look(int secondsLater) {
        clock.now = clock.now.plusSeconds(secondsLater);
        sight.onSchedulerEvent(SchedulerEventType.RAN_DETECT_DEAD);
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
