package dev.likeness.app.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The time that the tasks of the current thread's request may take. Like the owner of a task, it is a property of the request, so
 * every kind of task has it.
 */
public final class Deadline {

    private static final ThreadLocal<@Nullable Duration> PRESENT = new ThreadLocal<>();

    private static final AtomicReference<Instant> EARLIEST = new AtomicReference<>(Instant.MAX);

    private Deadline() {}

    /** Tasks that this thread creates from now on are canceled unless they are final after this time. */
    public static void set(Duration time) {
        PRESENT.set(time);
    }

    /** Tasks that this thread creates from now on have no deadline. */
    public static void clear() {
        PRESENT.remove();
    }

    /** The deadline of a task that is created now; null without one. */
    static @Nullable Instant of(Instant now) {
        Duration time = PRESENT.get();
        if (time == null) {
            return null;
        }
        Instant end = now.plus(time);
        EARLIEST.accumulateAndGet(end, (one, other) -> one.isBefore(other) ? one : other);
        return end;
    }

    /** The earliest unchecked deadline of this process's tasks; {@link Instant#MAX} without one. */
    static Instant earliest() {
        return Objects.requireNonNull(EARLIEST.get());
    }

    /** All deadlines until a time were checked. */
    static void checked(Instant until) {
        EARLIEST.updateAndGet(earliest -> earliest.isAfter(until) ? earliest : Instant.MAX);
    }
}
