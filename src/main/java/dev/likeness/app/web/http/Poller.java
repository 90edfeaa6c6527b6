package dev.likeness.app.web.http;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Polls the database for all open requests of a kind. One thread reads, others write the answers, so that a slow client
 * delays only itself.
 */
public abstract class Poller implements SmartLifecycle {

    private final String name;
    private final Duration interval;
    private final ExecutorService senders;
    private @Nullable ScheduledExecutorService reader;
    private volatile boolean running;

    /** @param name prefix of the names of threads */
    protected Poller(String name, Duration interval) {
        this.name = name;
        this.interval = interval;
        this.senders = Executors.newCachedThreadPool(daemons(name + "-sender-"));
    }

    /** Reads once. An exception would end the polling. */
    protected abstract void poll();

    /** Ends all open requests. */
    protected abstract void endAll();

    /** Writes to a client on another thread. */
    protected final void send(Runnable answer) {
        senders.execute(answer);
    }

    /** Also called after {@link #stop}, because a context can be paused and restarted. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public final synchronized void start() {
        running = true;
        long millis = interval.toMillis();
        reader = Executors.newSingleThreadScheduledExecutor(daemons(name + "-poller-"));
        reader.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Before the web server stops, which waits for open requests. */
    @Override
    public final synchronized void stop() {
        running = false;
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
}
