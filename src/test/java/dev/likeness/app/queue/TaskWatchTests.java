package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TaskWatchTests {

    private static final Instant DUE = Instant.EPOCH.plusMillis(5);

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void looksWhenTheTaskMayBeLeasedAndNotBeforeAlthoughItsTimerIsEarly() throws Exception {
        assertThat(timeOfLook(Instant.EPOCH, DUE.minusMillis(1), DUE.minusNanos(1), DUE))
                .isEqualTo(DUE);
    }

    @Test
    void looksAtOnceForATaskThatMayBeLeased() throws Exception {
        assertThat(timeOfLook(DUE)).isEqualTo(DUE);
    }

    /** @param times that the clock shows, one after the other */
    private Instant timeOfLook(Instant... times) throws Exception {
        List<Instant> shown = List.of(times);
        InstantSource source = () -> shown.get(Math.min(asked.getAndIncrement(), shown.size() - 1));
        Clock clock = source.withZone(ZoneOffset.UTC);
        CompletableFuture<Instant> look = new CompletableFuture<>();
        try (TaskWatch watch =
                new TaskWatch(() -> look.complete(shown.get(asked.get() - 1)), Duration.ofHours(1), clock)) {
            watch.notified(Long.toString(DUE.toEpochMilli()));
            return look.get(1, TimeUnit.MINUTES);
        }
    }
}
