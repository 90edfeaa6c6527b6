package dev.likeness.app.web.job;

import dev.likeness.app.job.JobEventFeed;
import dev.likeness.app.job.JobEventFeed.News;
import dev.likeness.app.notification.Notifications;
import dev.likeness.app.security.ApiKeys;
import dev.likeness.app.security.Credential;
import dev.likeness.app.web.http.EventSettings;
import dev.likeness.app.web.http.Poller;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends events to watching clients. One poller reads the table for all of them, so that any process may write events. A
 * slow client delays only itself.
 */
@Component
class EventStreams extends Poller {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    private final JobEventFeed history;
    private final ApiKeys keys;
    private final EventSettings settings;
    private final Clock clock;
    private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();

    EventStreams(JobEventFeed history, ApiKeys keys, EventSettings settings, Notifications notifications, Clock clock) {
        super("event", settings.pollInterval(), notifications);
        this.history = history;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Opens a stream for the caller. It ends after the job's last event, or when the caller's credential becomes
     * invalid.
     *
     * @param seen number of the client's last event; 0 for none
     */
    SseEmitter open(UUID jobId, long seen) throws IOException {
        SseEmitter emitter = new SseEmitter(0L);
        EventSubscription subscription =
                new EventSubscription(jobId, Credential.present(), seen, emitter, clock.instant());
        emitter.onCompletion(() -> subscriptions.remove(subscription));
        emitter.onError(e -> subscriptions.remove(subscription));
        // Sends the headers to the client before the first event.
        emitter.send(SseEmitter.event().comment("watching"));
        subscriptions.add(subscription);
        opened();
        if (!isRunning()) {
            emitter.complete();
        }
        return emitter;
    }

    @Override
    protected void poll() {
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
            watching.forEach(it -> send(() -> it.deliver(news.get(it.jobId()), now, settings.heartbeat())));
        } catch (RuntimeException e) {
            // The database may be unavailable for a while; the next round tries again.
            log.warn("events could not be read", e);
            idle.forEach(EventSubscription::free);
        }
    }

    @Override
    protected boolean hasOpen() {
        return !subscriptions.isEmpty();
    }

    @Override
    protected void endAll() {
        subscriptions.forEach(EventSubscription::end);
    }
}
