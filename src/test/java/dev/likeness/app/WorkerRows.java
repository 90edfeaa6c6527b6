package dev.likeness.app;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registered workers: what tests ask of them, and change in them. */
public final class WorkerRows {

    private final JdbcClient jdbc;

    WorkerRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<UUID> ids() {
        return jdbc.sql("select id from worker").query(UUID.class).list();
    }

    /** Workers whose last heartbeat is at most this old. */
    public int activeWithin(Duration age) {
        return jdbc.sql("select count(*) from worker where last_seen > now() - ? * interval '1 second'")
                .param(age.toSeconds())
                .query(Integer.class)
                .single();
    }

    /** Workers with a device that hold this much memory. */
    public int holding(String device, long bytes) {
        return jdbc.sql("select count(*) from worker where device = ? and memory_held = ?")
                .params(device, bytes)
                .query(Integer.class)
                .single();
    }

    /** Outcome and summary of each worker's check of its engine. */
    public List<String> engineChecks() {
        return jdbc.sql("select engine_check || ': ' || engine_summary from worker")
                .query(String.class)
                .list();
    }

    /** Outcome of each worker's check of its engine, and the setting that it needs for it. */
    public List<String> engineSettings() {
        return jdbc.sql("select concat_ws(', ', engine_check, engine_setting) from worker")
                .query(String.class)
                .list();
    }

    /** A worker that has sent its heartbeat just now. */
    public UUID register(String device, long free, long held) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into worker (id, version, device, memory_total, memory_free, memory_held, started_at, last_seen)
                        values (?, 'test', ?, ?, ?, ?, now(), now())
                        """).params(id, device, free + held, free, held).update();
        return id;
    }

    /** Changes where a worker counts processes that the kernel has killed without memory left, and their number. */
    public void countKills(UUID id, String scope, long kills) {
        jdbc.sql("update worker set kill_scope = ?, kills = ? where id = ?")
                .params(scope, kills, id)
                .update();
    }

    public void delete(UUID id) {
        jdbc.sql("delete from worker where id = ?").param(id).update();
    }

    /** The last heartbeat of a worker is older. */
    public void silence(UUID id, Duration age) {
        jdbc.sql("update worker set last_seen = now() - ? * interval '1 second' where id = ?")
                .params(age.toSeconds(), id)
                .update();
    }

    public void start(UUID id, Duration ago) {
        jdbc.sql("update worker set started_at = now() - ? * interval '1 second' where id = ?")
                .params(ago.toSeconds(), id)
                .update();
    }

    /** Free memory of every worker. */
    public void free(long bytes) {
        jdbc.sql("update worker set memory_free = ?").param(bytes).update();
    }

    /** The engine of a worker has passed its check. */
    public void passEngineCheck(UUID id) {
        jdbc.sql("update worker set engine_check = 'passed' where id = ?")
                .param(id)
                .update();
    }

    /** The engine of every worker has failed its check. */
    public void failEngineChecks() {
        jdbc.sql("update worker set engine_check = 'failed'").update();
    }

    /** The engine of a worker has failed its check. */
    public void failEngineCheck(UUID id, String summary) {
        jdbc.sql("update worker set engine_check = 'failed', engine_summary = ? where id = ?")
                .params(summary, id)
                .update();
    }
}
