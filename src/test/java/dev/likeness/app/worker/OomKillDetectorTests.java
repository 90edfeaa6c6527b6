package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ServiceTest;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class OomKillDetectorTests {

    @Autowired
    OomKillDetector kills;

    @Autowired
    JdbcClient jdbc;

    private final UUID worker = UUID.randomUUID();

    @AfterEach
    void forget() {
        jdbc.sql("delete from worker where id = ?").param(worker).update();
    }

    @Test
    void believesTheSupervisor() {
        register("elsewhere", 0);
        assertThat(kills.killed(worker.toString())).isFalse();

        kills.note(worker);

        assertThat(kills.killed(worker.toString())).isTrue();
    }

    @Test
    void seesThatTheKernelHasKilledSomebodyHereSince() {
        register(kills.scope(), kills.count() - 1);

        assertThat(kills.killed(worker.toString())).isTrue();
    }

    @Test
    void cannotTellOfAWorkerElsewhere() {
        register("elsewhere", kills.count() - 1);

        assertThat(kills.killed(worker.toString())).isFalse();
    }

    @Test
    void knowsNothingOfAWorkerThatWasNeverAnnounced() {
        assertThat(kills.killed(worker.toString())).isFalse();
    }

    private void register(String scope, long count) {
        jdbc.sql("""
                        insert into worker (id, version, device, memory_total, memory_free, started_at, last_seen,
                            kill_scope, kills)
                        values (?, 'test', 'cpu', 1, 1, now(), now(), ?, ?)
                        """).params(worker, scope, count).update();
    }
}
