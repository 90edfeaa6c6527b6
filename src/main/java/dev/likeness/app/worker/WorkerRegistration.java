package dev.likeness.app.worker;

import dev.likeness.diffusion.pipeline.DeviceInfo;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Registers this worker and its device in the list of workers, and renews the row while the process runs. */
@InWorker
@Component
class WorkerRegistration implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkerRegistration.class);

    /** Removes rows of workers that ended without deleting theirs. */
    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final DeviceMemory memory;
    private final OomKillDetector kills;
    private final EngineSelfCheck check;
    private final WorkerIdentity identity;
    private final WorkerSettings settings;
    private final Clock clock;
    private final ThreadFactory threads;
    private @Nullable ScheduledExecutorService executor;
    private volatile boolean running;

    WorkerRegistration(
            JdbcClient jdbc,
            DeviceMemory memory,
            OomKillDetector kills,
            EngineSelfCheck check,
            WorkerIdentity identity,
            WorkerSettings settings,
            Clock clock,
            ThreadFactory engineThreads) {
        this.jdbc = jdbc;
        this.memory = memory;
        this.kills = kills;
        this.check = check;
        this.identity = identity;
        this.settings = settings;
        this.clock = clock;
        this.threads = engineThreads;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized void start() {
        running = true;
        executor = Executors.newSingleThreadScheduledExecutor(threads);
        executor.scheduleWithFixedDelay(this::renew, 0, settings.seenEvery().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        running = false;
        if (executor != null) {
            executor.shutdownNow();
        }
        try {
            jdbc.sql("delete from worker where id = ?").param(identity.id()).update();
        } catch (DataAccessException | TransactionException e) {
            log.debug("The worker's row stays behind", e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void renew() {
        try {
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
        } catch (RuntimeException e) {
            // An exception here would end the schedule. The next round tries again.
            log.warn("The worker could not be registered: {}", e.toString());
        }
    }
}
