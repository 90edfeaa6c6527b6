package dev.likeness.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** How many workers KEDA asks for. */
@ApiTest
@Transactional
class ScalingQueryTests {

    @Autowired
    TaskQueue queue;

    @Autowired
    TestDatabase database;

    @Autowired
    JdbcClient jdbc;

    private final TaskRef task = new TaskRef(TaskRef.Kind.GENERATION, UUID.randomUUID());

    @Test
    void isOneForEachTaskUntilItIsDone() {
        long before = workers();
        queue.enqueue(task);
        queue.enqueue(new TaskRef(TaskRef.Kind.JOB, UUID.randomUUID()));
        assertThat(workers()).isEqualTo(before + 2);

        queue.remove(task);
        assertThat(workers()).isEqualTo(before + 1);
    }

    /** Otherwise workers would be taken away from the tasks they are at. */
    @Test
    void countsTasksThatAWorkerHasAndThoseToBeTriedAgain() {
        long before = workers();
        queue.enqueue(task);

        database.lease(task.id(), "x");
        assertThat(workers()).isEqualTo(before + 1);

        database.retryAllIn(Duration.ofSeconds(5));
        assertThat(workers()).isEqualTo(before + 1);
    }

    private long workers() {
        String query = Chart.one(Chart.render("cloud-gpu"), "ScaledObject", "rel-likeness-worker")
                .at("/spec/triggers/0/metadata/query")
                .asString();
        return jdbc.sql(query).query(Long.class).single();
    }
}
