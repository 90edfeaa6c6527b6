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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock that runs as fast as the real one where the machine allows it, and stops while heartbeats are late. It is an
 * hour ahead, so that everything that others enqueue is due. Like the real one, it shows a later time at each look while it runs.
 */
final class HeldClock extends Clock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldClock.class);

    /** The most time that passes without another look at the heartbeats. */
    private static final Duration TICK = Duration.ofMillis(20);

    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final BooleanSupplier runs;
    private Instant now = Instant.now().plus(Duration.ofHours(1));
    private long lastNanos = System.nanoTime();
    private long granted;

    HeldClock(BooleanSupplier runs) {
        this.runs = runs;
        ticks.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long next = 0;
        try {
            next = runs.getAsBoolean() ? TICK.toNanos() : 0;
        } catch (RuntimeException e) {
            // Without a free connection, for instance. An exception would end all ticks.
            LOG.warn("The clock stands still for a tick.", e);
        }
        synchronized (this) {
            instant();
            granted = next;
        }
    }

    @Override
    public synchronized Instant instant() {
        long nanos = System.nanoTime();
        long passed = Math.min(nanos - lastNanos, granted);
        lastNanos = nanos;
        granted -= passed;
        now = now.plusNanos(passed);
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
