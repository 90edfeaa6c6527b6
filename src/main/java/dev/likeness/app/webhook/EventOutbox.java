package dev.likeness.app.webhook;

import dev.likeness.app.job.JobCompleted;
import java.sql.Timestamp;
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
    void note(JobCompleted job) {
        jdbc.sql("insert into webhook_event (id, job_id, type, occurred_at) values (?, ?, ?, ?)")
                .params(UUID.randomUUID(), job.jobId(), "job." + job.status().wire(), Timestamp.from(job.at()))
                .update();
    }
}
