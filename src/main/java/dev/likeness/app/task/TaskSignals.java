package dev.likeness.app.task;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Signals for workers: one select, without a lock, which is cheap enough for every step. */
@Component
public class TaskSignals {

    private final JdbcClient jdbc;

    TaskSignals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Signal ask(TaskRef.Kind kind, Lease lease) {
        return jdbc.sql("""
                        select cancel_requested from task
                        where kind = ? and id = ? and attempt = ? and status in ('starting', 'processing')
                        """)
                .params(kind.wire(), lease.taskId(), lease.attempt())
                .query(Boolean.class)
                .optional()
                .map(canceled -> canceled ? Signal.CANCELED : Signal.CONTINUE)
                .orElse(Signal.LEASE_LOST);
    }
}
