package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DatabaseVisibilityTests {

    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(4);

    private final SettableClock clock = new SettableClock();
    private final DatabaseVisibility visibility = new DatabaseVisibility(SILENCE, LOOK_EVERY, clock);

    @Test
    void believesInADeathOnceItHasLookedAsLongAsTheSilence() {
        look(4);
        assertThat(visibility.isLongEnough()).isFalse();
        look(4);
        assertThat(visibility.isLongEnough()).isTrue();
    }

    @Test
    void startsAgainAfterAnOutageOfTheDatabase() {
        look(4);
        look(4);
        assertThat(visibility.isLongEnough()).isTrue();

        clock.now = clock.now.plusSeconds(30);
        assertThat(visibility.isLongEnough()).isFalse();
        look(4);
        assertThat(visibility.isLongEnough()).isFalse();
        look(4);
        assertThat(visibility.isLongEnough()).isTrue();
    }

    private void look(int secondsLater) {
        clock.now = clock.now.plusSeconds(secondsLater);
        visibility.onSchedulerEvent(SchedulerEventType.RAN_DETECT_DEAD);
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
