package dev.likeness.app.web.job;

import dev.likeness.app.job.JobEventFeed;
import dev.likeness.app.job.JobEventFeed.News;
import dev.likeness.app.security.ApiKeys;
import dev.likeness.app.security.Credential;
import dev.likeness.app.web.http.EventSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends events to whoever watches. One poller reads the table for all of them, so that it does not matter which process
 * wrote an event; a slow client holds up nobody but itself.
 */
@Component
class EventStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    private final JobEventFeed history;
    private final ApiKeys keys;
    private final EventSettings settings;
    private final Clock clock;
    private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final ExecutorService senders = Executors.newCachedThreadPool(daemons("event-sender-"));
    private @Nullable ScheduledExecutorService poller;
    private volatile boolean running;

    EventStreams(JobEventFeed history, ApiKeys keys, EventSettings settings, Clock clock) {
        this.history = history;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Opens a stream for the present caller, which ends by itself after the job's last event, and when what they have shown
     * does not hold any more.
     *
     * @param seen number of the last event the client has; 0 for none
     */
    SseEmitter open(UUID jobId, long seen) throws IOException {
        SseEmitter emitter = new SseEmitter(0L);
        EventSubscription subscription =
                new EventSubscription(jobId, Credential.present(), seen, emitter, clock.instant());
        emitter.onCompletion(() -> subscriptions.remove(subscription));
        emitter.onError(e -> subscriptions.remove(subscription));
        // So that the client has its headers before anything happens.
        emitter.send(SseEmitter.event().comment("watching"));
        subscriptions.add(subscription);
        if (!running) {
            emitter.complete();
        }
        return emitter;
    }

    private void poll() {
        List<EventSubscription> idle =
                subscriptions.stream().filter(EventSubscription::claim).toList();
        if (idle.isEmpty()) {
            return;
        }
        try {
            Set<Credential> holding =
                    keys.holding(idle.stream().map(EventSubscription::shown).collect(Collectors.toSet()));
            idle.stream().filter(it -> !holding.contains(it.shown())).forEach(EventSubscription::end);
            List<EventSubscription> watching =
                    idle.stream().filter(it -> holding.contains(it.shown())).toList();
            Map<UUID, Long> seen = watching.stream()
                    .collect(Collectors.toMap(EventSubscription::jobId, EventSubscription::seen, Math::min));
            Map<UUID, News> news = history.after(seen);
            Instant now = clock.instant();
            watching.forEach(it -> senders.execute(() -> it.deliver(news.get(it.jobId()), now, settings.heartbeat())));
        } catch (RuntimeException e) {
            // The database may be away for a while; the next round tries again.
            log.warn("events could not be read", e);
            idle.forEach(EventSubscription::free);
        }
    }

    /** Also after {@link #stop}: a context can be paused and go on. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized void start() {
        running = true;
        long millis = settings.pollInterval().toMillis();
        poller = Executors.newSingleThreadScheduledExecutor(daemons("event-poller-"));
        poller.scheduleWithFixedDelay(this::poll, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Before the web server stops: it waits for open streams. */
    @Override
    public synchronized void stop() {
        running = false;
        if (poller != null) {
            poller.shutdownNow();
        }
        subscriptions.forEach(EventSubscription::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static CustomizableThreadFactory daemons(String prefix) {
        CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
        factory.setDaemon(true);
        return factory;
    }
}
