package dev.likeness.app.worker.evaluation;

import static dev.likeness.app.worker.FakeEngine.fail;
import static dev.likeness.app.worker.FakeEngine.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.evaluation.Evaluation;
import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.EvaluationResults;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.job.Checkpoints;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@FakeWorkerTest
class EvaluationRunnerTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    Jobs jobs;

    @Autowired
    Checkpoints checkpoints;

    @Autowired
    Evaluations evaluations;

    @Autowired
    EvaluationResults evaluationResults;

    @Autowired
    FakeEngine engine;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        bench = new WorkerBench(context);
    }

    @Test
    void fillsATableRowByRowWithEachJobsOwnWeights() {
        JobWatch with = bench.submit(5);
        JobWatch without = bench.submitWithoutPrior(3);
        with.awaitStatus(TaskStatus.SUCCEEDED);
        without.awaitStatus(TaskStatus.SUCCEEDED);
        int opened = engine.opened();
        List<Integer> loaded = new CopyOnWriteArrayList<>();
        engine.learns(step -> {
            loaded.add(step);
            return 100 + step;
        });

        Evaluation task = compare(request(List.of(with, without)).put("images_per_prompt", 2));
        awaitStatus(task, TaskStatus.SUCCEEDED);

        List<EvaluationRow> rows = evaluationResults.rows(task.id());
        assertThat(rows)
                .extracting(row -> "%s %s %d %s @ %d"
                        .formatted(
                                row.jobId().equals(with.id()) ? 1 : 2,
                                row.sampler(),
                                row.steps(),
                                row.prior(),
                                row.step()))
                .containsExactly(
                        "1 ddim 5 true @ 5",
                        "1 ddim 6 true @ 5",
                        "1 pndm 5 true @ 5",
                        "1 pndm 6 true @ 5",
                        "2 ddim 5 false @ 3",
                        "2 ddim 6 false @ 3",
                        "2 pndm 5 false @ 3",
                        "2 pndm 6 false @ 3");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.score(Metric.CLIP_I).outcome().value()).isNotNull();
            assertThat(row.score(Metric.CLIP_I).outcome().n()).isEqualTo(2 * 3);
            assertThat(row.score(Metric.CLIP_I).selection().step()).isEqualTo(row.step());
            assertThat(row.score(Metric.CLIP_T).outcome().n()).isEqualTo(2);
            assertThat(row.score(Metric.DINO).outcome().reason()).contains("dino");
            assertThat(row.secondsPerImage()).isPositive();
        });
        assertThat(loaded).hasSize(16).startsWith(5, 5, 5).endsWith(3, 3, 3);
        assertThat(engine.opened()).isEqualTo(opened);
        assertThat(evaluationResults.images(task.id()))
                .extracting(image -> "%s %s %d %d"
                        .formatted(
                                image.recipe().prompt(),
                                image.recipe().settings().sampler(),
                                image.recipe().settings().steps(),
                                image.recipe().seed()))
                .hasSize(16)
                .startsWith(
                        "a photo of a sks teapot DDIM 5 7",
                        "a photo of a sks teapot DDIM 5 8",
                        "a photo of a sks teapot DDIM 6 7")
                .endsWith("a photo of a sks teapot PNDM 6 8");
        assertThat(evaluations.get(task.id()).progressStep()).isEqualTo(16);
    }

    @Test
    void completesATableWhoseWorkerIsLost() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        int before = engine.prompts().size();
        CompletableFuture<UUID> id = new CompletableFuture<>();
        // In the middle of the second row.
        engine.onImage(4, run(() -> context.getBean(EvaluationProgress.class).workerLost(id.join(), false)));

        Evaluation task = compare(large(request(List.of(watch)).put("images_per_prompt", 2)));
        id.complete(task.id());
        awaitStatus(task, TaskStatus.SUCCEEDED);

        assertThat(evaluations.get(task.id()).attempt()).isEqualTo(2);
        assertThat(evaluations.get(task.id()).lostWorkers()).isEqualTo(1);
        assertThat(evaluationResults.rows(task.id())).hasSize(4);
        assertThat(evaluationResults.images(task.id())).hasSize(8);
        // The interrupted image is generated twice, all others once.
        assertThat(engine.prompts()).hasSize(before + 8 + 1);
    }

    @Test
    void generatesTheRestOfATableWithTheWeightsChosenMeanwhile() {
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        int first = Objects.requireNonNull(jobs.get(watch.id()).chosen()).step();
        int other = first == 3 ? 6 : 3;
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.onImage(4, run(() -> {
            checkpoints.choose(watch.id(), other);
            context.getBean(EvaluationProgress.class).workerLost(id.join(), false);
        }));

        Evaluation task = compare(large(request(List.of(watch)).put("images_per_prompt", 2)));
        id.complete(task.id());
        awaitStatus(task, TaskStatus.SUCCEEDED);

        assertThat(evaluationResults.rows(task.id()))
                .extracting(EvaluationRow::step)
                .containsExactly(first, other, other, other);
        assertThat(evaluationResults.images(task.id()))
                .extracting(EvaluationImage::step)
                .containsExactly(first, first, other, other, other, other, other, other);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
    }

    @Test
    void keepsTheRowsOfATableThatIsCanceled() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.onImage(3, run(() -> evaluations.cancel(id.join())));

        Evaluation task = compare(large(request(List.of(watch)).put("images_per_prompt", 2)));
        id.complete(task.id());
        awaitStatus(task, TaskStatus.CANCELED);

        assertThat(evaluationResults.rows(task.id())).hasSize(1);
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
    }

    @Test
    void repeatsATableImageByImageAfterItRanOutOfMemory() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        engine.forgetBatches();
        engine.onImage(3, fail("not enough memory: you tried to allocate"));

        Evaluation task = compare(request(List.of(watch)).put("images_per_prompt", 2));
        awaitStatus(task, TaskStatus.SUCCEEDED);

        assertThat(engine.batches()).containsExactly(2, 1, 1, 1, 1, 1, 1);
        assertThat(evaluations.get(task.id()).memoryShortages()).isEqualTo(1);
    }

    @Test
    void failsATableThatRunsOutOfMemoryWithOneImage() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        engine.onImage(2, fail("not enough memory: you tried to allocate"));

        Evaluation task = compare(request(List.of(watch)).put("images_per_prompt", 1));
        awaitStatus(task, TaskStatus.FAILED);

        assertThat(Objects.requireNonNull(evaluations.get(task.id()).error()).code())
                .isEqualTo(ErrorCode.OUT_OF_MEMORY);
        assertThat(evaluationResults.rows(task.id())).hasSize(1);
    }

    /** Two samplers with two numbers of steps. */
    private static ObjectNode request(List<JobWatch> watches) {
        ObjectNode request = new JsonMapper().createObjectNode();
        ArrayNode ids = request.putArray("job_ids");
        watches.forEach(watch -> ids.add(watch.id().toString()));
        request.putArray("steps").add(5).add(6);
        return request;
    }

    /** Images so large that each is a batch of its own. */
    private static ObjectNode large(ObjectNode request) {
        return request.put("width", 1024).put("height", 1024);
    }

    private Evaluation compare(ObjectNode request) {
        return evaluations.submit(request);
    }

    private void awaitStatus(Evaluation task, TaskStatus wanted) {
        await().until(() -> evaluations.get(task.id()).status() == wanted);
    }
}
