package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Puts waiting tasks that are missing in the queue back into it, at the start of an API process and periodically. A
 * duplicate entry is harmless, because a worker first checks the task's row.
 */
@Component
@ConditionalOnWebApplication
class QueueRepair {

    private static final Logger log = LoggerFactory.getLogger(QueueRepair.class);

    private final JdbcClient jdbc;
    private final TaskQueue queue;

    QueueRepair(JdbcClient jdbc, TaskQueue queue) {
        this.jdbc = jdbc;
        this.queue = queue;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(initialDelay = 5, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void repair() {
        try {
            List<Waiting> waiting = jdbc.sql("select kind, id, waits_since, place from task where status = 'queued'")
                    .query(QueueRepair::waiting)
                    .list();
            waiting.forEach(it -> queue.restore(it.task(), it.submitted(), it.place()));
        } catch (RuntimeException e) {
            // The next round tries again.
            log.warn("The queue could not be checked", e);
        }
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        TaskRef.Kind kind = Wire.named(TaskRef.Kind.class, row.getString("kind"));
        return new Waiting(
                new TaskRef(kind, row.getObject("id", UUID.class)),
                row.getTimestamp("waits_since").toInstant(),
                row.getTimestamp("place").toInstant());
    }

    private record Waiting(TaskRef task, Instant submitted, Instant place) {}
}
