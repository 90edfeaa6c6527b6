package dev.likeness.app.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A clock that runs as fast as the real one where the machine allows it, and stops while heartbeats are late. It is an
 * hour ahead, so that everything that others enqueue is due.
 */
final class HeldClock extends Clock implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(20);

    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private volatile Instant now = Instant.now().plus(Duration.ofHours(1));

    HeldClock(BooleanSupplier runs) {
        ticks.scheduleWithFixedDelay(
                () -> {
                    if (runs.getAsBoolean()) {
                        now = now.plus(TICK);
                    }
                },
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public void close() {
        ticks.shutdown();
    }
}
