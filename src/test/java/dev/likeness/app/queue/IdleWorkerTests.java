package dev.likeness.app.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What an idle worker with the default settings asks of the database. */
class IdleWorkerTests extends QueueTest {

    private static final Duration IDLE = Duration.ofSeconds(6);

    /** Two looks at the start, one at the interval, and a search for dead workers. */
    private static final int FEW = 6;

    @Test
    void looksForTasksOnlyEveryFewSeconds() {
        settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("likeness.queue", QueueSettings.class);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        HikariConfig config = new HikariConfig();
        dataSource.copyStateTo(config);
        // A pool that closes removes the metrics of its name.
        config.setPoolName(getClass().getSimpleName());
        config.setPoolName("idle");
        config.setMetricsTrackerFactory(null);
        config.setMetricRegistry(meters);
        try (HikariDataSource own = new HikariDataSource(config)) {
            QueueConsumer consumer = consumers(own)
                    .create(
                            UUID.randomUUID(),
                            (task, leaving) -> TaskHandler.Outcome.DONE,
                            Thread::new,
                            killedForMemory::contains,
                            () -> true);
            consumer.start();
            try {
                await().pollDelay(IDLE).timeout(IDLE.plusSeconds(20)).until(() -> true);
                assertThat(meters.get("hikaricp.connections.acquire").timer().count())
                        .isBetween(1L, (long) FEW);
            } finally {
                consumer.stop();
            }
        }
    }
}
