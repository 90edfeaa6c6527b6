package dev.likeness.app.worker.job;

import static dev.likeness.app.worker.FakeEngine.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.job.Checkpoints;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report of a job. */
@FakeWorkerTest
class ReportKeeperTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    TestDatabase database;

    @Autowired
    Checkpoints checkpoints;

    @Autowired
    JobResults results;

    @Autowired
    FakeEngine engine;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void writesAReport() {
        engine.learns(step -> 20 + 10 * Math.abs(step - 6));
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        JsonNode report = context.getBean(JsonMapper.class).readTree(report(watch, "json"));
        assertThat(report.at("/checkpoint/step").asInt()).isEqualTo(6);
        JsonNode last = report.at("/training/points")
                .valueStream()
                .reduce((one, other) -> other)
                .orElseThrow();
        assertThat(last.get("step").asInt()).isEqualTo(12);
        assertThat(last.get("loss").asDouble()).isEqualTo(1 / 12.0);
        assertThat(report.at("/scores/0/points")
                        .valueStream()
                        .map(it -> it.get("step").asInt()))
                .containsExactly(0, 3, 6, 9, 12);
        assertThat(report.at("/scores/3/reason").asString()).contains("dino");
        assertThat(report.at("/sheets/0/rows").size()).isEqualTo(5);
        assertThat(report.at("/sheets/0/rows/0/cells/1/images").size()).isEqualTo(1);
        assertThat(report.at("/sheets/1/rows/4/cells/0/images").size()).isEqualTo(2);
        assertThat(report.at("/results/groups").size()).isEqualTo(2);
        assertThat(report.at("/result_scores").size()).isEqualTo(12);
        assertThat(report.at("/phase_seconds/training").asDouble()).isPositive();
        assertThat(report.at("/log/0").asString()).startsWith("the weights of step 6 are the result");
        // 3 pictures and what training sees of them, 5 x (2 + 2) judged ones, 4 results.
        assertThat(report(watch, "html").split("src=\"data:image/png;base64,", -1))
                .hasSize(1 + 3 + 3 + 20 + 4);
    }

    @Test
    void writesTheReportAgainForOtherWeights() {
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        checkpoints.choose(watch.id(), 9);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(report(watch, "html")).contains("The weights of step <b>9</b>", "by a user");
        assertThat(watch.stepsOfArtifacts("report").stream().filter(it -> it == 9))
                .hasSize(2);
    }

    @Test
    void keepsAResultWhoseReportCannotBeWritten() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.learns(step -> 201);
        // Images of the untrained model are read again only for the report.
        engine.onTraining(run(() -> remove(database.jobs().imageBeforeTraining(id.join(), 1))));
        JobWatch watch = bench.submitScoring(12, 4, 0);
        id.complete(watch.id());
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.artifacts("report")).isEmpty();
        assertThat(watch.artifacts("lora")).hasSize(1);
        assertThat(watch.logs()).last().asString().startsWith("the report could not be written");
    }

    private void remove(String sha256) {
        try {
            Files.delete(context.getBean(ArtifactStore.class).local(sha256));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest report of a job. */
    private String report(JobWatch watch, String format) {
        String sha256 = watch.newestReport(format);
        return new String(context.getBean(ArtifactStore.class).bytes(sha256), StandardCharsets.UTF_8);
    }
}
