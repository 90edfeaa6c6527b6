package dev.likeness.app.webhook;

import dev.likeness.app.task.TaskNews;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.WebhookEvent;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores events in the same transaction as the change, so both exist or neither. It is also part of worker processes,
 * which do not know the receivers.
 */
@Component
class EventOutbox {

    private final JdbcClient jdbc;

    EventOutbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void note(TaskNews news) {
        boolean endOfJob = news.task().kind() == TaskRef.Kind.JOB && news.event() == WebhookEvent.COMPLETED;
        jdbc.sql("insert into webhook_event (id, %s, type, occurred_at, body) values (?, ?, ?, ?, ?)"
                        .formatted(EventRows.column(news.task().kind())))
                .params(Arrays.asList(
                        UUID.randomUUID(),
                        news.task().id(),
                        WebhookEventType.of(news).wire(),
                        Timestamp.from(news.at()),
                        endOfJob ? null : EventRows.UNPREPARED))
                .update();
    }
}
