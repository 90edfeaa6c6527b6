package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cancels tasks that are not final at their deadlines. Each is a transaction of its own, and a task is canceled once, so several
 * processes may do this at the same time.
 */
@Component
@ConditionalOnWebApplication
class DeadlineSweep {

    private static final Logger log = LoggerFactory.getLogger(DeadlineSweep.class);

    /** How often the database is asked for deadlines of other processes' tasks, for the case that those have ended. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final String OPEN = """
            select '%1$s' as kind, id, cancel_at from %2$s
            where cancel_at <= :until and completed_at is null and not cancel_requested
            """;

    private final TaskTypes types;
    private final TaskQueue queue;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private volatile Instant nextLook = Instant.MIN;

    DeadlineSweep(
            TaskTypes types, TaskQueue queue, JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.types = types;
        this.queue = queue;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Asks the database only if a deadline can be due. */
    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void sweep() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook) && now.isBefore(Deadline.earliest())) {
            return;
        }
        try {
            Instant next = now.plus(LOOK);
            for (Open task : open(next)) {
                if (!task.deadline().isAfter(now)) {
                    cancel(task.task(), now);
                } else if (task.deadline().isBefore(next)) {
                    next = task.deadline();
                }
            }
            Deadline.checked(now);
            nextLook = next;
        } catch (RuntimeException e) {
            // The next round tries again.
            log.warn("deadlines could not be checked", e);
        }
    }

    private void cancel(TaskRef task, Instant now) {
        try {
            transaction.executeWithoutResult(status -> {
                if (types.of(task.kind()).progress().cancelAtDeadline(task.id(), now)) {
                    queue.remove(task);
                }
            });
            log.info("the deadline of {} is over", task);
        } catch (RuntimeException e) {
            // One failure does not keep the others.
            log.warn("{} could not be canceled at its deadline", task, e);
        }
    }

    /** Tasks whose deadlines are not after a time, in one query. */
    private List<Open> open(Instant until) {
        return jdbc.sql(Arrays.stream(TaskRef.Kind.values())
                        .map(kind -> OPEN.formatted(kind.wire(), types.of(kind).table()))
                        .collect(Collectors.joining(" union all ")))
                .param("until", Timestamp.from(until))
                .query(DeadlineSweep::open)
                .list();
    }

    private static Open open(ResultSet row, int number) throws SQLException {
        TaskRef.Kind kind = Wire.named(TaskRef.Kind.class, row.getString("kind"));
        return new Open(
                new TaskRef(kind, row.getObject("id", UUID.class)),
                row.getTimestamp("cancel_at").toInstant());
    }

    private record Open(TaskRef task, Instant deadline) {}
}
