package dev.likeness.app.task;

import dev.likeness.app.json.StoredNames;
import dev.likeness.app.security.Owners;
import dev.likeness.diffusion.wire.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The list of workers with what each does. Workers serve all owners, so every owner sees them, but another owner's task
 * only by its kind.
 */
@Service
@Transactional(readOnly = true)
public class Workers {

    /** Tasks of a kind that only a newer release knows are left out. */
    private static final String LIST = """
            select w.*, t.task_name as kind, t.task_instance::uuid as task_id,
                (:all or exists (
                    select 1 from job where id = t.task_instance::uuid and owner = :owner
                    union all
                    select 1 from generation g join job j on j.id = g.job_id
                    where g.id = t.task_instance::uuid and j.owner = :owner
                    union all
                    select 1 from caption_task c join subject s on s.id = c.subject_id
                    where c.id = t.task_instance::uuid and s.owner = :owner
                    union all
                    select 1 from evaluation where id = t.task_instance::uuid and owner = :owner)) as own
            from worker w left join scheduled_tasks t on t.picked and t.picked_by = w.id::text and %s
            order by w.started_at, w.id
            """.formatted(StoredNames.known("t.task_name", TaskRef.Kind.class));

    private final JdbcClient jdbc;
    private final Clock clock;

    Workers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The oldest first. A worker that was lost stays in the list for an hour. */
    public List<Worker> list() {
        return jdbc.sql(LIST)
                .param("all", Owners.seeEverything())
                .param("owner", Owners.present())
                .query(this::read)
                .list();
    }

    private Worker read(ResultSet row, int number) throws SQLException {
        Worker.Work work = work(row);
        Worker.Engine engine = new Worker.Engine(
                Wire.named(EngineCheckOutcome.class, row.getString("engine_check")),
                row.getString("engine_summary"),
                row.getString("engine_setting"));
        Instant lastSeen = row.getTimestamp("last_seen").toInstant();
        boolean lost = row.getBoolean("killed_for_memory")
                || !lastSeen.isAfter(clock.instant().minus(LiveWorkers.LATELY));
        return new Worker(
                row.getObject("id", UUID.class),
                lost ? WorkerState.LOST : state(engine.check(), work),
                row.getString("version"),
                new Worker.Device(
                        row.getString("device"),
                        row.getLong("memory_total"),
                        row.getLong("memory_free") + row.getLong("memory_held")),
                engine,
                work,
                row.getTimestamp("started_at").toInstant(),
                lastSeen);
    }

    private static Worker.@Nullable Work work(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        if (kind == null) {
            return null;
        }
        UUID id = row.getBoolean("own") ? row.getObject("task_id", UUID.class) : null;
        return new Worker.Work(Wire.named(TaskRef.Kind.class, kind), id);
    }

    private static WorkerState state(EngineCheckOutcome check, Worker.@Nullable Work work) {
        return switch (check) {
            case UNKNOWN -> WorkerState.STARTING;
            case FAILED -> WorkerState.REFUSING;
            case SKIPPED, PASSED -> work == null ? WorkerState.IDLE : WorkerState.BUSY;
        };
    }
}
