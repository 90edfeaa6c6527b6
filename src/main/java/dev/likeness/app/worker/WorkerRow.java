package dev.likeness.app.worker;

import dev.likeness.diffusion.pipeline.DeviceInfo;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** This worker's row in the list of workers: its device, free memory and engine check. */
@InWorker
@Component
class WorkerRow {

    /** Removes rows of workers that ended without deleting theirs. */
    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final DeviceMemory memory;
    private final OomKillDetector kills;
    private final EngineSelfCheck check;
    private final WorkerIdentity identity;
    private final Clock clock;

    WorkerRow(
            JdbcClient jdbc,
            DeviceMemory memory,
            OomKillDetector kills,
            EngineSelfCheck check,
            WorkerIdentity identity,
            Clock clock) {
        this.jdbc = jdbc;
        this.memory = memory;
        this.kills = kills;
        this.check = check;
        this.identity = identity;
        this.clock = clock;
    }

    /** Writes the current state, and removes the rows of workers that ended. */
    void renew() {
        DeviceInfo device = memory.now();
        Timestamp now = Timestamp.from(clock.instant());
        jdbc.sql("""
                        insert into worker (id, version, device, memory_total, memory_free, memory_held,
                            kill_scope, kills, engine_check, engine_summary, engine_setting, started_at, last_seen)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (id) do update
                        set memory_free = excluded.memory_free, memory_held = excluded.memory_held,
                            kills = excluded.kills, engine_check = excluded.engine_check,
                            engine_summary = excluded.engine_summary, last_seen = excluded.last_seen
                        """)
                .params(Arrays.asList(
                        identity.id(),
                        WorkerIdentity.version(),
                        device.name(),
                        device.memoryTotal(),
                        device.memoryFree(),
                        device.memoryHeld(),
                        kills.scope(),
                        kills.count(),
                        check.verdict().outcome().wire(),
                        check.verdict().summary(),
                        check.setting(),
                        Timestamp.from(identity.startedAt()),
                        now))
                .update();
        jdbc.sql("delete from worker where last_seen < ?")
                .param(Timestamp.from(clock.instant().minus(FORGET_AFTER)))
                .update();
    }

    void delete() {
        jdbc.sql("delete from worker where id = ?").param(identity.id()).update();
    }
}
