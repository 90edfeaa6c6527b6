package dev.likeness.app;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of webhooks: what tests change in them. */
public final class WebhookRows {

    private final JdbcClient jdbc;

    WebhookRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An event of a job that no delivery was made for yet. */
    public void addEvent(UUID job, Duration ago) {
        jdbc.sql("""
                        insert into webhook_event (id, job_id, type, occurred_at)
                        values (gen_random_uuid(), ?, 'job.succeeded', now() - ? * interval '1 second')
                        """).params(job, ago.toSeconds()).update();
    }

    /** Calls another receiver in place of one that tasks name. */
    public void redirect(String from, String to) {
        for (String table : List.of("job", "generation", "caption_task", "evaluation")) {
            jdbc.sql("update %s set webhook = ? where webhook = ?".formatted(table))
                    .params(to, from)
                    .update();
        }
        jdbc.sql("update job_webhook set url = ? where url = ?")
                .params(to, from)
                .update();
    }

    /** Makes the last start or progress of a task that was noted earlier by a time. */
    public void forgetLastNews(String table, UUID task, Duration time) {
        jdbc.sql("update %s set webhook_noted_at = webhook_noted_at - ? * interval '1 second' where id = ?"
                        .formatted(table))
                .params(time.toSeconds(), task)
                .update();
    }

    /** Sets the body of a job's events. */
    public void body(UUID job, String body) {
        jdbc.sql("update webhook_event set body = ? where job_id = ?")
                .params(body, job)
                .update();
    }

    /** A delivery that is due now, but is not in the queue. */
    public UUID addDelivery(UUID job, String url, Instant now) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into webhook_delivery
                            (id, event_id, url, status, attempts, retries, created_at, next_attempt_at, give_up_at, version)
                        select :id, id, :url, 'pending', 0, 0, :now, :now, :end, 0
                        from webhook_event where job_id = :job
                        """)
                .param("id", id)
                .param("url", url)
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(now.plus(Duration.ofDays(1))))
                .param("job", job)
                .update();
        return id;
    }

    /** Every delivery has failed for good, for this reason. */
    public void failDeliveries(String error) {
        jdbc.sql("update webhook_delivery set status = 'failed', error = ?, next_attempt_at = null")
                .param(error)
                .update();
    }
}
