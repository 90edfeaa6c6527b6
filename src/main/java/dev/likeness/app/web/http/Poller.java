package dev.likeness.app.web.http;

import dev.likeness.app.notification.Channel;
import dev.likeness.app.notification.Notifications;
import dev.likeness.app.notification.Subscriber;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Polls the database for all open requests of a kind: at intervals, and as soon as another process has written what they
 * wait for. Without open requests nothing is read. One thread reads, others write the answers, so that a slow client
 * delays only itself.
 */
public abstract class Poller implements SmartLifecycle {

    /** Notifications within this time are answered by one reading. */
    private static final Duration GATHER = Duration.ofMillis(10);

    private final String name;
    private final Duration interval;
    private final Notifications notifications;
    private final ExecutorService senders;
    private final AtomicBoolean soon = new AtomicBoolean();
    private final AtomicBoolean later = new AtomicBoolean();
    private volatile @Nullable ScheduledThreadPoolExecutor reader;
    private Notifications.@Nullable Subscription subscription;
    private volatile boolean running;

    /** @param name prefix of the names of threads */
    protected Poller(String name, Duration interval, Notifications notifications) {
        this.name = name;
        this.interval = interval;
        this.notifications = notifications;
        this.senders = Executors.newCachedThreadPool(daemons(name + "-sender-"));
    }

    /** Reads once. */
    protected abstract void poll();

    /** Whether there are open requests. */
    protected abstract boolean hasOpen();

    /** Ends all open requests. */
    protected abstract void endAll();

    /** Reads soon for a new open request, and after that at intervals. */
    protected final void opened() {
        readSoon();
        readLater();
    }

    /** Writes to a client on another thread. */
    protected final void send(Runnable answer) {
        senders.execute(answer);
    }

    private void readSoon() {
        schedule(soon, GATHER, this::poll);
    }

    private void readLater() {
        schedule(later, interval, () -> {
            try {
                poll();
            } finally {
                if (hasOpen()) {
                    readLater();
                }
            }
        });
    }

    /** @param pending set until the reading begins, so that none is scheduled twice */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void schedule(AtomicBoolean pending, Duration delay, Runnable reading) {
        ScheduledThreadPoolExecutor executor = reader;
        if (executor != null && pending.compareAndSet(false, true)) {
            executor.schedule(
                    () -> {
                        pending.set(false);
                        reading.run();
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Also called after {@link #stop}, because a context can be paused and restarted. */
    @Override
    public final synchronized void start() {
        soon.set(false);
        later.set(false);
        reader = new ScheduledThreadPoolExecutor(1, daemons(name + "-poller-"), new ThreadPoolExecutor.DiscardPolicy());
        running = true;
        subscription = notifications.subscribe(Channel.EVENTS, new Wake());
    }

    /** Before the web server stops, which waits for open requests. */
    @Override
    public final synchronized void stop() {
        running = false;
        if (subscription != null) {
            subscription.close();
        }
        if (reader != null) {
            reader.shutdownNow();
        }
        endAll();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    private static CustomizableThreadFactory daemons(String prefix) {
        CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
        factory.setDaemon(true);
        return factory;
    }

    /** Reads when another process has written. What it misses is read at the next interval. */
    private final class Wake implements Subscriber {

        @Override
        public void notified(String payload) {
            if (hasOpen()) {
                readSoon();
            }
        }

        @Override
        public void arriving(boolean arriving) {
            // The interval is short enough for both.
        }
    }
}
