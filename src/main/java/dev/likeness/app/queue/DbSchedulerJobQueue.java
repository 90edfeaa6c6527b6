package dev.likeness.app.queue;

import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskTypes;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds tasks to db-scheduler's table and removes them, in the caller's transaction, with one statement each.
 * db-scheduler's own client reads first and writes then: after a concurrent change, its insert aborts the caller's
 * transaction, and its delete fails.
 */
@Component
class DbSchedulerJobQueue implements TaskQueue {

    private static final Logger log = LoggerFactory.getLogger(DbSchedulerJobQueue.class);

    private final TaskOriginSerializer serializer = new TaskOriginSerializer();
    private final TaskTypes types;
    private final JdbcClient jdbc;
    private final TaskObservations observations;
    private final Clock clock;

    DbSchedulerJobQueue(TaskTypes types, JdbcClient jdbc, TaskObservations observations, Clock clock) {
        this.types = types;
        this.jdbc = jdbc;
        this.observations = observations;
        this.clock = clock;
    }

    @Override
    public void enqueue(TaskRef task) {
        observations.enqueue(task, origin -> insert(task, origin, clock.instant()));
    }

    @Override
    public void restore(TaskRef task, Instant submitted, Instant place) {
        if (insert(task, null, submitted)) {
            move(task, place);
            log.warn("{} was missing in the queue and was added again", task);
        }
    }

    /** Whether the task was missing. Waits for a transaction that is about to add it. */
    private boolean insert(TaskRef task, @Nullable TaskOrigin origin, Instant due) {
        return jdbc.sql("""
                        insert into scheduled_tasks
                            (task_name, task_instance, task_data, execution_time, picked, version, priority)
                        values (:name, :instance, :data, :due, false, 1, :priority)
                        on conflict (task_name, task_instance) do nothing
                        """)
                        .param("name", TaskNames.of(task.kind()))
                        .param("instance", task.id().toString())
                        .param("data", serializer.serialize(origin), Types.BINARY)
                        .param("due", Timestamp.from(due))
                        .param("priority", TaskNames.priority(types.of(task.kind())))
                        .update()
                > 0;
    }

    @Override
    public void move(TaskRef task, Instant place) {
        jdbc.sql("update scheduled_tasks set place = ? where task_name = ? and task_instance = ?")
                .params(
                        Timestamp.from(place),
                        TaskNames.of(task.kind()),
                        task.id().toString())
                .update();
    }

    @Override
    public void remove(TaskRef task) {
        int removed = jdbc.sql("delete from scheduled_tasks where task_name = ? and task_instance = ? and not picked")
                .params(TaskNames.of(task.kind()), task.id().toString())
                .update();
        if (removed == 0) {
            // A worker that has leased it reads the change from the task's own row.
            log.debug("{} is not waiting in the queue", task);
        }
    }
}
