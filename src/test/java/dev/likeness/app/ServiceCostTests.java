package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the service costs the database, in numbers that a busy machine does not change. */
@ApiTest
class ServiceCostTests {

    private static final int CALLS = 10;

    @Autowired
    Api api;

    @Autowired
    TestWorker worker;

    @Autowired
    TestDatabase database;

    @Autowired
    MeterRegistry meters;

    /** Pollers of this process would look every 50 ms. */
    @Test
    void anIdleApiProcessAsksTheDatabaseNothing() {
        awaitQuiet();
        long before = transactions();

        // A check of notifications, which comes every 30 s, may fall into this time.
        await().during(Duration.ofSeconds(2)).until(() -> transactions() - before <= 2);
    }

    @Test
    void aStatusCallTakesOneTransaction() {
        String job = worker.finishedJob(api);
        api.get("/v1/jobs/" + job);
        awaitQuiet();
        long before = transactions();

        for (int i = 0; i < CALLS; i++) {
            api.get("/v1/jobs/" + job);
        }

        assertThat(transactions() - before).isBetween((long) CALLS, CALLS + 2L);
    }

    @Test
    void aJobAndItsEventsTakeFewBytes() {
        UUID job = UUID.fromString(worker.finishedJob(api));

        assertThat(database.jobs().bytes(job)).isBetween(500, 4_000);
        assertThat(database.jobs().bytesOfAnEvent(job)).isBetween(50, 250);
    }

    /** Clients of earlier tests may still wait for a while. */
    private void awaitQuiet() {
        AtomicLong last = new AtomicLong();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    long now = transactions();
                    return last.getAndSet(now) == now;
                });
    }

    /** Each connection from the pool is used for one transaction, or for several in autocommit. */
    private long transactions() {
        return meters.get("hikaricp.connections.acquire").timer().count();
    }
}
