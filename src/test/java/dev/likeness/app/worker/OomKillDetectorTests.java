package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ServiceTest;
import dev.likeness.app.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
class OomKillDetectorTests {

    @Autowired
    OomKillDetector kills;

    @Autowired
    TestDatabase database;

    private UUID worker = UUID.randomUUID();

    @AfterEach
    void forget() {
        database.workers().delete(worker);
    }

    @Test
    void trustsTheSupervisor() {
        register("elsewhere", 0);
        assertThat(kills.killed(worker.toString())).isFalse();

        kills.note(worker);

        assertThat(kills.killed(worker.toString())).isTrue();
    }

    @Test
    void seesThatTheKernelHasKilledAProcessHereSince() {
        register(kills.scope(), kills.count() - 1);

        assertThat(kills.killed(worker.toString())).isTrue();
    }

    @Test
    void knowsNothingOfAWorkerOnAnotherMachine() {
        register("elsewhere", kills.count() - 1);

        assertThat(kills.killed(worker.toString())).isFalse();
    }

    @Test
    void knowsNothingOfAWorkerThatWasNeverAnnounced() {
        assertThat(kills.killed(worker.toString())).isFalse();
    }

    private void register(String scope, long count) {
        worker = database.workers().register("cpu", 1, 0);
        database.workers().countKills(worker, scope, count);
    }
}
