package dev.likeness.app.task;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Active workers. Workers whose engine failed its check are excluded, because they take no tasks. */
@Component
public class LiveWorkers {

    /** Several times the interval at which workers announce themselves. */
    static final Duration LATELY = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    LiveWorkers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The largest budget of any active worker.
     *
     * @param other worker to exclude; null for none
     */
    public Optional<DeviceBudget> largest(@Nullable UUID other) {
        return jdbc.sql("""
                        select device, memory_free + memory_held as bytes from worker
                        where last_seen > :lately and not killed_for_memory and engine_check <> 'failed'
                        and (:other::uuid is null or id <> :other::uuid)
                        order by bytes desc limit 1
                        """)
                .param("lately", Timestamp.from(clock.instant().minus(LATELY)))
                .param("other", other)
                .query(DeviceBudget.class)
                .optional();
    }

    /**
     * The part of a device's memory that a task may use.
     *
     * @param device in PyTorch's naming
     * @param bytes of memory
     */
    public record DeviceBudget(String device, long bytes) {}
}
