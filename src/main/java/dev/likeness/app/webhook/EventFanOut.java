package dev.likeness.app.webhook;

import dev.likeness.app.webhook.WebhookSettings.Endpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
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
        for (UUID id : jdbc.sql("select id from webhook_event where body is null order by occurred_at limit ?")
                .param(BATCH)
                .query(UUID.class)
                .list()) {
            try {
                transactions.executeWithoutResult(status -> lock(id).ifPresent(this::fanOut));
            } catch (RuntimeException e) {
                log.warn("Event {} could not be prepared", id, e);
            }
        }
    }

    /** Empty if another process has it, or its job was deleted. */
    private Optional<Event> lock(UUID id) {
        return jdbc.sql("""
                        select id, job_id, type, occurred_at from webhook_event
                        where id = ? and body is null for update skip locked
                        """).param(id).query(EventFanOut::event).optional();
    }

    private void fanOut(Event event) {
        Set<String> targets = targets(event);
        Optional<Object> job = targets.isEmpty() ? Optional.empty() : bodies.job(event.jobId());
        if (job.isEmpty()) {
            jdbc.sql("delete from webhook_event where id = ?").param(event.id()).update();
            return;
        }
        jdbc.sql("update webhook_event set body = ? where id = ?")
                .params(json.writeValueAsString(new Body(event.type(), event.occurredAt(), job.get())), event.id())
                .update();
        targets.forEach(url -> addDelivery(event.id(), url));
    }

    /** A URL that has answered with 410 receives no calls until a redelivery to it succeeds. */
    private Set<String> targets(Event event) {
        Set<String> targets = new LinkedHashSet<>(jdbc.sql("select url from job_webhook where job_id = ?")
                .param(event.jobId())
                .query(String.class)
                .list());
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

    private void addDelivery(UUID eventId, String url) {
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
                .param("end", Timestamp.from(now.plus(settings.giveUpAfter())))
                .update();
    }

    private static Event event(ResultSet row, int number) throws SQLException {
        return new Event(
                row.getObject("id", UUID.class),
                row.getObject("job_id", UUID.class),
                row.getString("type"),
                row.getTimestamp("occurred_at").toInstant());
    }

    private record Event(UUID id, UUID jobId, String type, Instant occurredAt) {}

    /** The body, in the format that Standard Webhooks recommends. */
    private record Body(String type, Instant timestamp, Object data) {}
}
