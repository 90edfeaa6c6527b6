package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepositoryContext;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Picks due executions for one worker, and never more than requested. db-scheduler's own statement puts the
 * {@code limit} into a subquery, which PostgreSQL may run once for every row (<a
 * href="https://dba.stackexchange.com/a/69497">a nested loop</a>), each time with other results. A materialized query
 * runs once.
 */
final class DuePick extends PostgreSqlJdbcCustomization {

    private static final String PICK = """
            with due as materialized (
                select task_name, task_instance from scheduled_tasks
                where picked = false and execution_time <= ? and task_name = any (?)
                order by priority desc, coalesce(place, execution_time) limit ? for update skip locked),
            taken as (
                update scheduled_tasks task
                set picked = true, picked_by = ?, last_heartbeat = ?, version = version + 1
                from due where task.task_name = due.task_name and task.task_instance = due.task_instance
                returning task.*)
            select * from taken order by priority desc, coalesce(place, execution_time)
            """;

    private final String worker;
    private final String[] names;
    private volatile Instant begun = Instant.MIN;

    /**
     * @param worker that picks them
     * @param names of the kinds of task that it can run
     */
    DuePick(String worker, List<String> names) {
        super(false, false);
        this.worker = worker;
        this.names = names.toArray(String[]::new);
    }

    /** @param orderByPriority ignored, the queue is always ordered by priority */
    @Override
    public List<Execution> lockAndFetchSingleStatement(
            JdbcTaskRepositoryContext context, Instant now, int limit, boolean orderByPriority) {
        begun = now;
        return context.jdbcRunner.query(
                PICK,
                statement -> {
                    setInstant(statement, 1, now);
                    statement.setArray(2, statement.getConnection().createArrayOf("text", names));
                    statement.setInt(3, limit);
                    statement.setString(4, worker);
                    setInstant(statement, 5, now);
                },
                context.resultSetMapper.get());
    }

    /**
     * Whether this worker picked an execution in its last poll. The execution may not have started yet, because the
     * search for dead workers does not wait for picks. An execution of an earlier poll was run or never will be,
     * because the worker polls again only when it is idle.
     */
    boolean isLatest(Execution execution) {
        // The database stores microseconds.
        return worker.equals(execution.pickedBy)
                && !begun.truncatedTo(ChronoUnit.MILLIS)
                        .isAfter(execution.lastHeartbeat.truncatedTo(ChronoUnit.MILLIS));
    }
}
