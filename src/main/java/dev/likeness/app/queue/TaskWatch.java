package dev.likeness.app.queue;

import dev.likeness.app.notification.Subscriber;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Makes a worker look for a task as soon as one may be leased, and at short intervals while notifications do not arrive. */
final class TaskWatch implements Subscriber, AutoCloseable {

    private final Runnable look;
    private final Duration interval;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;
    private @Nullable Future<?> polling;

    /**
     * @param look makes the worker look, without waiting
     * @param interval between looks while notifications do not arrive
     */
    TaskWatch(Runnable look, Duration interval, Clock clock) {
        this.look = look;
        this.interval = interval;
        this.clock = clock;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("task-watch-");
        threads.setDaemon(true);
        this.timer = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
    }

    /** @param payload see {@link dev.likeness.app.notification.Channel#TASKS} */
    @Override
    public void notified(String payload) {
        lookFrom(Long.parseLong(payload));
    }

    /** Asks this machine's clock again after a wait, because the worker compares with it when it leases, and a timer can be early. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void lookFrom(long due) {
        long wait = due - clock.instant().toEpochMilli();
        if (wait <= 0) {
            look.run();
        } else {
            timer.schedule(() -> lookFrom(due), wait, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public synchronized void arriving(boolean arriving) {
        if (polling != null) {
            polling.cancel(false);
            polling = null;
        }
        look.run();
        if (!arriving) {
            polling =
                    timer.scheduleWithFixedDelay(look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
