package dev.likeness.app.task;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One cheap select to ask every step. */
@Component
public class TaskSignals {

    private final JdbcClient jdbc;

    TaskSignals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Signal job(Lease lease) {
        return ask(
                "select cancel_requested from job where id = ? and attempt = ? and status in ('starting', 'processing')",
                lease);
    }

    public Signal generation(Lease lease) {
        return ask(
                "select cancel_requested from generation where id = ? and attempt = ? and status in ('starting', 'processing')",
                lease);
    }

    public Signal captions(Lease lease) {
        return ask(
                "select cancel_requested from caption_task where id = ? and attempt = ? and status in ('starting', 'processing')",
                lease);
    }

    public Signal evaluation(Lease lease) {
        return ask(
                "select cancel_requested from evaluation where id = ? and attempt = ? and status in ('starting', 'processing')",
                lease);
    }

    private Signal ask(String sql, Lease lease) {
        return jdbc.sql(sql)
                .params(lease.taskId(), lease.attempt())
                .query(Boolean.class)
                .optional()
                .map(canceled -> canceled ? Signal.CANCELED : Signal.CONTINUE)
                .orElse(Signal.LEASE_LOST);
    }
}
