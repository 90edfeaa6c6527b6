package dev.likeness.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
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

    /** The pollers of this process look every 50 ms when a client waits. The check of notifications comes every 30 s. */
    @Test
    void anIdleApiProcessAsksTheDatabaseNothing() {
        long before = transactions();

        await().during(Duration.ofSeconds(2)).until(() -> transactions() - before <= 2);
    }

    @Test
    void aStatusCallTakesOneTransaction() {
        String job = worker.finishedJob(api);
        api.get("/v1/jobs/" + job);
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

    /** Each connection from the pool is used for one transaction, or for several in autocommit. */
    private long transactions() {
        return meters.get("hikaricp.connections.acquire").timer().count();
    }
}
