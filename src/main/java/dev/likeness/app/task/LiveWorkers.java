package dev.likeness.app.task;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The workers that have announced themselves lately, without those whose engine computes wrongly: they take no task. */
@Component
public class LiveWorkers {

    /** Several times as long as a worker takes to say again that it is there. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final Clock clock;

    LiveWorkers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The one with the most memory for a task.
     *
     * @param other than this one; null for any
     */
    public Optional<Room> roomiest(@Nullable UUID other) {
        return jdbc.sql("""
                        select device, memory_free + memory_held as bytes from worker
                        where last_seen > :lately and not killed_for_memory and engine_check <> 'failed'
                        and (:other::uuid is null or id <> :other::uuid)
                        order by bytes desc limit 1
                        """)
                .param("lately", Timestamp.from(clock.instant().minus(LATELY)))
                .param("other", other)
                .query(Room.class)
                .optional();
    }

    /**
     * A device with room for a task.
     *
     * @param device as PyTorch names it
     * @param bytes that a task may take
     */
    public record Room(String device, long bytes) {}
}
