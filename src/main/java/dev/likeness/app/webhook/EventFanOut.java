package dev.likeness.app.webhook;

import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.WebhookEvent;
import dev.likeness.app.webhook.WebhookSettings.Endpoint;
import dev.likeness.diffusion.wire.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Creates deliveries for the events of the outbox, one per receiver. */
@Component
@ConditionalOnWebApplication
class EventFanOut {

    private static final Logger log = LoggerFactory.getLogger(EventFanOut.class);
    private static final int BATCH = 100;

    /** How long a delivery of progress is tried. Soon there is newer progress. */
    private static final Duration PROGRESS_PATIENCE = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final EventBodies bodies;
    private final JsonMapper json;
    private final WebhookSettings settings;
    private final Clock clock;

    EventFanOut(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            EventBodies bodies,
            JsonMapper json,
            WebhookSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.bodies = bodies;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /** A faulty event does not delay the others. It is retried in the next round. */
    void run() {
        for (UUID id : jdbc.sql(
                        "select id from webhook_event where body is null or body = ? order by occurred_at limit ?")
                .params(EventRows.UNPREPARED, BATCH)
                .query(UUID.class)
                .list()) {
            try {
                transactions.executeWithoutResult(status -> lock(id).ifPresent(this::fanOut));
            } catch (RuntimeException e) {
                log.warn("Event {} could not be prepared", id, e);
            }
        }
    }

    /** Empty if another process has it, or its task was deleted. */
    private Optional<Event> lock(UUID id) {
        return jdbc.sql(
                        "select * from webhook_event where id = ? and (body is null or body = ?) for update skip locked")
                .params(id, EventRows.UNPREPARED)
                .query(EventFanOut::event)
                .optional();
    }

    private void fanOut(Event event) {
        boolean progress = event.of() == WebhookEvent.PROGRESS;
        Set<String> targets = progress && isOutdated(event) ? Set.of() : targets(event);
        Optional<Object> task = targets.isEmpty() ? Optional.empty() : bodies.of(event.task());
        if (task.isEmpty()) {
            jdbc.sql("delete from webhook_event where id = ?").param(event.id()).update();
            return;
        }
        jdbc.sql("update webhook_event set body = ? where id = ?")
                .params(json.writeValueAsString(new Body(event.type(), event.occurredAt(), task.get())), event.id())
                .update();
        Duration patience = progress ? PROGRESS_PATIENCE : settings.giveUpAfter();
        targets.forEach(url -> addDelivery(event.id(), url, patience));
        if (progress) {
            removeEarlierProgress(event);
        }
    }

    /** Whether something newer is known of the task. All events that are prepared late would have the same content. */
    private boolean isOutdated(Event event) {
        return jdbc.sql("select exists (select from webhook_event where %s = ? and occurred_at > ?)"
                        .formatted(EventRows.column(event.task().kind())))
                .params(event.task().id(), Timestamp.from(event.occurredAt()))
                .query(Boolean.class)
                .single();
    }

    /** Of a task's progress the last event is kept, and those that are still on their way. */
    private void removeEarlierProgress(Event event) {
        jdbc.sql("""
                        delete from webhook_event e where %s = ? and type = ? and id <> ? and body <> ?
                            and not exists (
                                select from webhook_delivery d where d.event_id = e.id and d.status = 'pending')
                        """.formatted(EventRows.column(event.task().kind())))
                .params(event.task().id(), event.type(), event.id(), EventRows.UNPREPARED)
                .update();
    }

    /** A URL that has answered with 410 receives no calls until a redelivery to it succeeds. */
    private Set<String> targets(Event event) {
        Set<String> targets = new LinkedHashSet<>(named(event));
        settings.endpoints().stream()
                .filter(it -> it.events().contains(event.type()))
                .map(Endpoint::url)
                .forEach(targets::add);
        targets.removeIf(
                url -> jdbc.sql("select exists (select from webhook_delivery where url = ? and status = 'disabled')")
                        .param(url)
                        .query(Boolean.class)
                        .single());
        return targets;
    }

    /** The receiver that the task's submission named for this event. */
    private List<String> named(Event event) {
        if (event.task().kind() == TaskRef.Kind.JOB && event.of() == WebhookEvent.COMPLETED) {
            return jdbc.sql("select url from job_webhook where job_id = ?")
                    .param(event.task().id())
                    .query(String.class)
                    .list();
        }
        return jdbc.sql("select webhook from %s where id = ? and webhook is not null and webhook_events @> to_jsonb(?)"
                        .formatted(EventRows.table(event.task().kind())))
                .params(event.task().id(), event.of().wire())
                .query(String.class)
                .list();
    }

    private void addDelivery(UUID eventId, String url, Duration patience) {
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into webhook_delivery
                            (id, event_id, url, status, attempts, retries, created_at, next_attempt_at, give_up_at, version)
                        values (:id, :event, :url, 'pending', 0, 0, :now, :now, :end, 0)
                        """)
                .param("id", UUID.randomUUID())
                .param("event", eventId)
                .param("url", url)
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(now.plus(patience)))
                .update();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getObject("id", UUID.class),
                EventRows.task(row),
                row.getString("type"),
                row.getTimestamp("occurred_at").toInstant());
    }

    private record Event(UUID id, TaskRef task, String type, Instant occurredAt) {

        WebhookEvent of() {
            return Wire.of(WebhookEventType.class, type)
                    .map(WebhookEventType::event)
                    .orElse(WebhookEvent.COMPLETED);
        }
    }

    /** The body, in the format that Standard Webhooks recommends. */
    private record Body(String type, Instant timestamp, Object data) {}
}
