package dev.likeness.app.web.job;

import dev.likeness.app.job.JobEventFeed.Event;
import dev.likeness.app.job.JobEventFeed.News;
import dev.likeness.app.security.Credential;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One client that watches one job. The thread that {@link #claim claims} it may send; only one at a time. */
final class EventSubscription {

    private final UUID jobId;
    private final Credential shown;
    private final SseEmitter emitter;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long seen;
    private volatile Instant lastSent;

    /**
     * @param shown the client's credential
     * @param seen number of the client's last event; 0 for none
     */
    EventSubscription(UUID jobId, Credential shown, long seen, SseEmitter emitter, Instant now) {
        this.jobId = jobId;
        this.shown = shown;
        this.seen = seen;
        this.emitter = emitter;
        this.lastSent = now;
    }

    UUID jobId() {
        return jobId;
    }

    Credential shown() {
        return shown;
    }

    long seen() {
        return seen;
    }

    /** Claims the right to send, unless another thread has it. */
    boolean claim() {
        return busy.compareAndSet(false, true);
    }

    /** Releases the right to send. */
    void free() {
        busy.set(false);
    }

    /** Sends new events, or a comment after long silence. Ends the stream after the last event. */
    void deliver(@Nullable News news, Instant now, Duration heartbeat) {
        try {
            List<Event> events = news == null
                    ? List.of()
                    : news.events().stream().filter(it -> it.seq() > seen).toList();
            for (Event event : events) {
                emitter.send(SseEmitter.event()
                        .id(Long.toString(event.seq()))
                        .name(event.type())
                        .data(event.data(), MediaType.TEXT_PLAIN));
                seen = event.seq();
            }
            if (news == null || news.isComplete()) {
                emitter.complete();
            } else if (!events.isEmpty()) {
                lastSent = now;
            } else if (Duration.between(lastSent, now).compareTo(heartbeat) >= 0) {
                emitter.send(SseEmitter.event().comment("still here"));
                lastSent = now;
            }
        } catch (IOException | IllegalStateException e) {
            // The client has disconnected. It may reconnect with the last event's id.
            emitter.completeWithError(e);
        } finally {
            free();
        }
    }

    void end() {
        emitter.complete();
    }
}
