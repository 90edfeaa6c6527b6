package dev.likeness.app.web.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.Api;
import dev.likeness.app.ApiTest;
import dev.likeness.app.TestDatabase;
import dev.likeness.app.TestWorker;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** The list of workers. */
@ApiTest
class WorkerApiTests {

    @Autowired
    Api api;

    @Autowired
    TestDatabase database;

    @Autowired
    TestWorker worker;

    @BeforeEach
    @AfterEach
    void clear() {
        worker.clear();
        database.clear("worker");
    }

    @Test
    void showsTheDeviceAndTheEngineOfEach() {
        UUID id = database.workers().register("cuda:0", 7, 3);

        JsonNode shown = only();

        assertThat(shown.get("id").asString()).isEqualTo(id.toString());
        assertThat(shown.get("device").asString()).isEqualTo("cuda:0");
        assertThat(shown.get("memory_bytes").asLong()).isEqualTo(10);
        assertThat(shown.get("task_memory_bytes").asLong()).isEqualTo(10);
        assertThat(shown.get("version").asString()).isEqualTo("test");
        assertThat(shown.get("state").asString()).isEqualTo("starting");
        assertThat(shown.get("engine_check").asString()).isEqualTo("unknown");
        assertThat(shown.get("engine_summary").isNull()).isTrue();
        assertThat(shown.get("task").isNull()).isTrue();
    }

    @Test
    void showsTheTaskOfABusyWorker() {
        UUID job = worker.submit();
        worker.submit();
        UUID id = database.workers().register("cpu", 1, 0);
        database.workers().passEngineCheck(id);

        assertThat(only().get("state").asString()).isEqualTo("idle");

        database.lease(job, id.toString());
        JsonNode busy = only();
        assertThat(busy.get("state").asString()).isEqualTo("busy");
        assertThat(busy.at("/task/kind").asString()).isEqualTo("job");
        assertThat(busy.at("/task/id").asString()).isEqualTo(job.toString());
    }

    @Test
    void saysWhyAWorkerRefusesTasks() {
        UUID id = database.workers().register("cpu", 1, 0);
        database.workers().failEngineCheck(id, "mm differs from fp64 by 0.3");

        assertThat(only().get("state").asString()).isEqualTo("refusing");
        assertThat(only().get("engine_check").asString()).isEqualTo("failed");
        assertThat(only().get("engine_summary").asString()).isEqualTo("mm differs from fp64 by 0.3");
    }

    @Test
    void showsThatAWorkerIsLost() {
        UUID id = database.workers().register("cpu", 1, 0);
        database.workers().passEngineCheck(id);
        database.workers().silence(id, Duration.ofMinutes(1));

        assertThat(only().get("state").asString()).isEqualTo("lost");
    }

    @Test
    void beginsWithTheOldest() {
        UUID younger = database.workers().register("cpu", 1, 0);
        UUID older = database.workers().register("cpu", 1, 0);
        database.workers().start(older, Duration.ofHours(2));

        assertThat(api.get("/v1/workers").results("id")).containsExactly(older.toString(), younger.toString());
    }

    private JsonNode only() {
        JsonNode results = api.get("/v1/workers").body().get("results");
        assertThat(results).hasSize(1);
        return results.get(0);
    }
}
