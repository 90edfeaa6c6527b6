package dev.likeness.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.AdapterContents;
import dev.likeness.app.adapter.AdapterKind;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.adapter.CheckedAdapter;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.caption.CaptionTask;
import dev.likeness.app.caption.Captions;
import dev.likeness.app.evaluation.EvaluationImage;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.EvaluationResults;
import dev.likeness.app.evaluation.EvaluationRow;
import dev.likeness.app.evaluation.EvaluationTask;
import dev.likeness.app.evaluation.Evaluations;
import dev.likeness.app.generation.Generation;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.Checkpoints;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.job.TestJobs;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.Metric;
import dev.likeness.app.score.Score;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.CaptionOrigin;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.JobStatus;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Phase;
import dev.likeness.diffusion.adapter.AdapterFormat;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.pipeline.ScoreEncoders;
import dev.likeness.diffusion.training.NanLossException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@FakeWorkerTest
class WorkerTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Jobs jobs;

    @Autowired
    Generations generations;

    @Autowired
    Checkpoints checkpoints;

    @Autowired
    Captions captions;

    @Autowired
    Evaluations evaluations;

    @Autowired
    EvaluationResults evaluationResults;

    @Autowired
    JobResults results;

    @Autowired
    FakeEngine engine;

    private WorkerBench bench;

    @BeforeEach
    void setUp() {
        jdbc.sql("delete from job_prior_set").update();
        jdbc.sql("delete from prior_set").update();
        bench = new WorkerBench(context);
        engine.drawn.clear();
        engine.grey = null;
        engine.batches.clear();
        engine.complaint = "no more paint";
        engine.memory = 1L << 40;
    }

    @Test
    void takesAJobThroughEveryPhase() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        Job job = jobs.get(watch.id());
        assertThat(job.phaseSeconds()).containsOnlyKeys(Phase.values());
        assertThat(job.stepsPerSecond()).isEqualTo(10);
        assertThat(job.peakMemoryBytes()).isPositive();
        assertThat(watch.images("before")).hasSize(2);
        assertThat(watch.images("result")).hasSize(4);
        assertThat(watch.images("contact_sheet")).hasSize(1);
        assertThat(watch.images("class")).hasSize(2);
        assertThat(watch.images("evaluation")).hasSize(4);
        assertThat(watch.scores())
                .containsExactlyInAnyOrder(
                        "checkpoint clip_i overall @ 0",
                        "checkpoint clip_i overall @ 5",
                        "checkpoint clip_t overall @ 0",
                        "checkpoint clip_t overall @ 5",
                        "checkpoint clip_t_margin overall @ 0",
                        "checkpoint clip_t_margin overall @ 5",
                        "results clip_t_margin overall @ 5",
                        // There is a folder for it, so nothing is missing, but the engine here opens none.
                        "checkpoint dino overall @ 0: the dino encoder was not opened",
                        "checkpoint dino overall @ 5: the dino encoder was not opened",
                        "checkpoint pres overall @ 0",
                        "checkpoint pres overall @ 5",
                        "checkpoint div overall @ 0",
                        "checkpoint div overall @ 5",
                        "results clip_i overall @ 5",
                        "results clip_i a photo of a sks teapot @ 5",
                        "results clip_i a photo of a sks teapot on the beach @ 5",
                        "results clip_t overall @ 5",
                        "results clip_t a photo of a sks teapot @ 5",
                        "results clip_t a photo of a sks teapot on the beach @ 5",
                        "results dino overall @ 5: the dino encoder was not opened");
        assertThat(watch.losses()).containsKey(5);
        assertThat(watch.number("select count(*) from checkpoint where kind = 'weights' and step = 5 and job_id = ?"))
                .isOne();
    }

    @Test
    void scoresWithTheModelsOwnClipAndTheDinoThatTheOperatorNames() {
        engine.trouble = new NanLossException(1);
        bench.submit(5).awaitStatus(JobStatus.FAILED);
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);

        ScoreEncoders encoders = Objects.requireNonNull(engine.encoders);
        assertThat(Objects.requireNonNull(encoders.clip()).id()).isEqualTo("likeness/tiny-world/clip");
        assertThat(encoders.dino())
                .isEqualTo(new ScoreEncoders.Encoder(
                        "tiny-vision/dino",
                        Path.of("src/test/resources/goldens/tiny-vision/dino").toAbsolutePath()));
    }

    @Test
    void takesTheWeightsOfTheBestCheckpoint() {
        // The pictures are dark: images come near until step 6, and leave again.
        engine.grey = step -> 20 + 10 * Math.abs(step - 6);
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        ChosenCheckpoint chosen = Objects.requireNonNull(jobs.get(watch.id()).chosen());
        assertThat(chosen.step()).isEqualTo(6);
        assertThat(chosen.by()).isEqualTo(ChosenCheckpoint.By.SCORE);
        assertThat(watch.steps("result")).containsExactly(6);
        assertThat(watch.steps("evaluation")).containsExactly(0, 3, 6, 9, 12);
        assertThat(checkpoints.of(watch.id())).extracting(KeptCheckpoint::step).containsExactly(3, 6, 9, 12);
        assertThat(engine.inUse).isEqualTo(6);
    }

    @Test
    void writesAReport() {
        engine.grey = step -> 20 + 10 * Math.abs(step - 6);
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);

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
        assertThat(report.at("/scores/3/reason").asString()).isEqualTo("the dino encoder was not opened");
        assertThat(report.at("/sheets/0/rows").size()).isEqualTo(5);
        assertThat(report.at("/sheets/0/rows/0/cells/1/images").size()).isEqualTo(1);
        assertThat(report.at("/sheets/1/rows/4/cells/0/images").size()).isEqualTo(2);
        assertThat(report.at("/results/groups").size()).isEqualTo(2);
        assertThat(report.at("/result_scores").size()).isEqualTo(8);
        assertThat(report.at("/phase_seconds/training").asDouble()).isPositive();
        assertThat(report.at("/log/0").asString()).startsWith("the weights of step 6 are the result");
        // 3 pictures, 5 x (2 + 2) judged ones, 4 results.
        assertThat(report(watch, "html").split("src=\"data:image/png;base64,", -1))
                .hasSize(1 + 3 + 20 + 4);
    }

    @Test
    void writesTheReportAnewForOtherWeights() {
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        checkpoints.choose(watch.id(), 9);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(report(watch, "html")).contains("The weights of step <b>9</b>", "by a user");
        assertThat(watch.number("select count(*) from job_artifact where kind = 'report' and step = 9 and job_id = ?"))
                .isEqualTo(2);
    }

    @Test
    void keepsAResultWhoseReportCannotBeWritten() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.grey = step -> 201;
        // What judged the untrained model is read again only for the report.
        engine.meanwhile =
                () -> remove(jdbc.sql("""
                        select file_sha256 from job_image
                        where role = 'evaluation' and step = 0 and position = 1 and job_id = ?
                        """).param(id.join()).query(String.class).single());
        JobWatch watch = bench.submitScoring(12, 4, 0);
        id.complete(watch.id());
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(watch.number("select count(*) from job_artifact where kind = 'report' and job_id = ?"))
                .isZero();
        assertThat(watch.number("select count(*) from job_artifact where kind = 'lora' and job_id = ?"))
                .isOne();
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
        String sha256 =
                watch.text("select file_sha256 from job_artifact where kind = 'report' and format = '%s' and job_id = ?"
                                .formatted(format)
                        + " order by created_at desc limit 1");
        return new String(context.getBean(ArtifactStore.class).bytes(sha256), StandardCharsets.UTF_8);
    }

    @Test
    void endsTrainingWhenNothingGetsBetter() {
        engine.grey = step -> 20 + 10 * Math.abs(step - 3);
        JobWatch watch = bench.submitScoring(18, 6, 2);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(watch.steps("evaluation")).containsExactly(0, 3, 6, 9);
        assertThat(watch.losses()).doesNotContainKey(10);
        assertThat(watch.steps("result")).containsExactly(3);
    }

    @Test
    void givesAJobOtherWeightsWithoutTrainingAgain() {
        engine.grey = step -> 20 + 10 * Math.abs(step - 6);
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        int trained = watch.losses().size();

        checkpoints.choose(watch.id(), 9);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(watch.steps("result")).containsExactly(6, 9);
        assertThat(watch.steps("contact_sheet")).containsExactly(6, 9);
        assertThat(watch.losses()).hasSize(trained);
        assertThat(jobs.get(watch.id()).stepsPerSecond()).isEqualTo(10);
        assertThat(watch.scores()).contains("results clip_i overall @ 6", "results clip_i overall @ 9");
        assertThat(engine.inUse).isEqualTo(9);
        assertThatExceptionOfType(InvalidSpecException.class)
                .isThrownBy(() -> checkpoints.choose(watch.id(), 7))
                .satisfies(e -> assertThat(e.violations())
                        .singleElement()
                        .satisfies(it -> assertThat(it.message())
                                .isEqualTo("there is no checkpoint of step 7; there are those of 3, 6, 9, 12")));
    }

    @Test
    void goesBackToTheWeightsItHadWhereOthersCannotBeUsed() {
        engine.grey = step -> 20 + 10 * Math.abs(step - 6);
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        engine.troubleInDrawing = engine.drawn.size() + 1;

        checkpoints.choose(watch.id(), 9);
        await().until(() -> watch.attempt() == 2);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        Job job = jobs.get(watch.id());
        assertThat(Objects.requireNonNull(job.chosen()).step()).isEqualTo(6);
        assertThat(job.error()).isNull();
        assertThat(watch.logs()).last().asString().startsWith("the weights of step 6 are the result as before");
        assertThat(watch.steps("result")).containsExactly(6);
    }

    @Test
    void keepsTheFilesOfEveryResult() {
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        int step = Objects.requireNonNull(jobs.get(watch.id()).chosen()).step();
        int other = step == 3 ? 6 : 3;

        checkpoints.choose(watch.id(), other);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(jdbc.sql("select step from job_artifact where kind = 'lora' and job_id = ? order by step")
                        .param(watch.id())
                        .query(Integer.class)
                        .list())
                .containsExactly(Math.min(step, other), Math.max(step, other));
    }

    @Test
    void drawsAGenerationWithTheWeightsItWasAskedOf() {
        engine.grey = step -> 20 + 10 * Math.abs(step - 6);
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        CompletableFuture<UUID> asked = new CompletableFuture<>();
        engine.meanwhile = () -> {
            asked.complete(generations
                    .submit(watch.id(), new JsonMapper().createObjectNode())
                    .id());
            checkpoints.choose(watch.id(), 9);
        };
        // While this one is trained, the other job is asked for images, and then given other weights.
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);
        UUID generation = asked.join();
        await().until(() -> generations.get(generation).status() == JobStatus.SUCCEEDED);

        assertThat(results.imagesOfGeneration(generation))
                .extracting(JobImage::step)
                .containsOnly(6);
        watch.awaitStatus(JobStatus.SUCCEEDED);
    }

    @Test
    void finishesAJobThatFailedFromItsLastCheckpoint() {
        engine.troubleInDrawing = 4 + 4 + 4 + 1;
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.FAILED);
        assertThat(checkpoints.of(watch.id())).extracting(KeptCheckpoint::step).containsExactly(3, 6);

        checkpoints.choose(watch.id(), 3);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(watch.steps("result")).containsExactly(3);
    }

    @Test
    void drawsEachImageWithItsOwnSeedBeforeAndAfter() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        List<ImageRecipe> recipes = results.imagesOfJob(watch.id()).stream()
                .map(JobImage::recipe)
                .filter(recipe -> recipe != null)
                .toList();
        assertThat(recipes)
                .extracting(ImageRecipe::seed)
                .containsExactly(7L, 8L, 9L, 10L, 0L, 1L, 0L, 1L, 0L, 1L, 0L, 1L);
        assertThat(recipes)
                .extracting(ImageRecipe::prompt)
                .containsExactly(
                        "a photo of a sks teapot",
                        "a photo of a sks teapot",
                        "a photo of a sks teapot on the beach",
                        "a photo of a sks teapot on the beach",
                        "a photo of a teapot",
                        "a photo of a teapot",
                        "a photo of a teapot",
                        "a photo of a teapot",
                        "a photo of a teapot",
                        "a photo of a teapot in the snow",
                        "a photo of a sks teapot",
                        "a photo of a sks teapot in the snow");
    }

    @Test
    void drawsPriorImagesOnceForAllJobsThatWantTheSame() {
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);
        int first = engine.drawn.size();
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);

        assertThat(first).isEqualTo(4 + 3 * 4);
        assertThat(engine.drawn).hasSize(first + 3 * 4);
    }

    @Test
    void drawsOnlyThePriorImagesThatAreMissing() {
        bench.submitWithPriorImages(3).awaitStatus(JobStatus.SUCCEEDED);
        assertThat(engine.drawn).hasSize(3 + 3 * 4);
        bench.submitWithPriorImages(5).awaitStatus(JobStatus.SUCCEEDED);
        assertThat(engine.drawn).hasSize(3 + 2 + 2 * 3 * 4);
        assertThat(engine.priorImages).isEqualTo(5);
        bench.submitWithPriorImages(2).awaitStatus(JobStatus.SUCCEEDED);
        assertThat(engine.drawn).hasSize(3 + 2 + 3 * 3 * 4);
        assertThat(engine.priorImages).isEqualTo(2);
    }

    @Test
    void losesNoMoreThanABatchOfPriorImages() {
        engine.troubleInDrawing = 17;
        JobWatch watch = bench.submitWithPriorImages(20);
        watch.awaitStatus(JobStatus.FAILED);
        assertThat(engine.drawn).hasSize(16);

        bench.submitWithPriorImages(20).awaitStatus(JobStatus.SUCCEEDED);
        assertThat(engine.drawn).hasSize(20 + 3 * 4);
    }

    @Test
    void runsAJobOnceMoreWithLessThatRanOutOfMemory() {
        engine.trouble = new IllegalStateException("DefaultCPUAllocator: can't allocate memory: you tried");
        int opened = engine.opened;
        JobWatch watch = bench.submit(TestJobs.spec(), memory());
        JobWatch next = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(JobStatus.SUCCEEDED);
        Job job = jobs.get(watch.id());
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.memoryShortages()).isEqualTo(1);
        assertThat(job.lostWorkers()).isZero();
        assertThat(job.spec().training().gradientCheckpointing()).isTrue();
        assertThat(economies(job)).containsExactly("gradient_checkpointing");
        assertThat(watch.logs().get(0))
                .startsWith("ran out of memory in phase training: once more with less (gradient checkpointing");
        next.awaitStatus(JobStatus.SUCCEEDED);
        assertThat(jobs.get(next.id()).attempt()).isEqualTo(1);
        assertThat(engine.opened).isGreaterThan(opened);
    }

    @Test
    void failsAJobThatRunsOutOfMemoryASecondTime() {
        engine.troubles = 2;
        engine.trouble = new OutOfMemoryError("Java heap space");
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(JobStatus.FAILED);
        Job job = jobs.get(watch.id());
        assertThat(watch.error()).isEqualTo("out_of_memory");
        assertThat(job.memoryShortages()).isEqualTo(2);
        assertThat(job.error())
                .extracting(Failure::message)
                .asString()
                .startsWith(
                        "the worker ran out of memory in phase training once more, with a smaller plan; planned were ")
                .contains(" and cpu had 1099.5 GB. What helps: ");
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);
    }

    @Test
    void failsAtOnceWhereTheRequestLeavesNothingToChange() {
        engine.trouble = new OutOfMemoryError("Java heap space");
        List<String> fixed = List.of("gradient_checkpointing", "batch_of_one", "eight_bit_optimizer", "frozen_text");
        JobWatch watch = bench.submit(TestJobs.spec(), new JobMemory(1, null, null, 16, List.of(), fixed));

        watch.awaitStatus(JobStatus.FAILED);
        assertThat(watch.error()).isEqualTo("out_of_memory");
        assertThat(watch.attempt()).isEqualTo(1);
        assertThat(jobs.get(watch.id()).spec()).isEqualTo(TestJobs.spec());
    }

    @Test
    void drawsImageByImageAfterItRanOutOfMemoryDrawing() {
        engine.troubleInDrawing = 1;
        engine.complaint = "CUDA out of memory. Tried to allocate";
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(JobStatus.SUCCEEDED);
        assertThat(economies(jobs.get(watch.id()))).containsExactly("single_images");
        assertThat(engine.batches).containsOnly(1);
    }

    @Test
    void asksAgainWhetherAJobFitsBeforeItStarts() {
        JobWatch roomy = bench.submit(TestJobs.spec(), memory());
        roomy.awaitStatus(JobStatus.SUCCEEDED);
        JobMemory wanted = Objects.requireNonNull(jobs.get(roomy.id()).memory());
        assertThat(wanted.economies()).isEmpty();
        assertThat(wanted.plannedBytes()).isGreaterThan(1 << 28);

        engine.memory = wanted.plannedBytes() - 2;
        JobWatch watch = bench.submit(TestJobs.spec(), memory());
        watch.awaitStatus(JobStatus.SUCCEEDED);

        Job job = jobs.get(watch.id());
        JobMemory planned = Objects.requireNonNull(job.memory());
        assertThat(planned.deviceBytes()).isEqualTo(wanted.plannedBytes() - 1);
        assertThat(planned.plannedBytes()).isLessThan(wanted.plannedBytes());
        assertThat(economies(job)).isNotEmpty();
        assertThat(job.memoryShortages()).isZero();
    }

    @Test
    void refusesAJobThatDoesNotFitItsDevice() {
        engine.memory = 0;
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        watch.awaitStatus(JobStatus.FAILED);
        assertThat(watch.error()).isEqualTo("plan_does_not_fit");
        assertThat(watch.starts()).isZero();
        assertThat(jobs.get(watch.id()).error())
                .extracting(Failure::message)
                .asString()
                .startsWith("the smallest plan takes ")
                .contains("a device with ");
    }

    @Test
    void leavesAJobThatDoesNotFitItsDeviceToAWorkerWithMore() {
        engine.memory = 0;
        UUID other = UUID.randomUUID();
        jdbc.sql("""
                        insert into worker (id, version, device, memory_total, memory_free, started_at, last_seen)
                        values (?, 'test', 'cuda:0', ?, ?, now(), now())
                        """).params(other, 1L << 40, 1L << 40).update();
        JobWatch watch = bench.submit(TestJobs.spec(), memory());

        await().until(() -> watch.attempt() == 1 && watch.status().equals("queued"));
        assertThat(watch.starts()).isZero();
        assertThat(watch.lostWorkers()).isZero();
        jdbc.sql("delete from worker where id = ?").param(other).update();
    }

    @Test
    void drawsAGenerationOnceMoreImageByImageThatRanOutOfMemory() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        engine.batches.clear();
        engine.troubleInDrawing = engine.drawn.size() + 1;
        engine.complaint = "not enough memory: you tried to allocate";

        Generation generation = generations.submit(
                watch.id(), new JsonMapper().createObjectNode().put("images_per_prompt", 2));

        await().until(() -> generations.get(generation.id()).status() == JobStatus.SUCCEEDED);
        assertThat(engine.batches).containsExactly(1, 1, 1, 1);
        assertThat(generations.get(generation.id()).memoryShortages()).isEqualTo(1);
    }

    @Test
    void failsAGenerationThatRunsOutOfMemoryWithOneImage() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        engine.troubleInDrawing = engine.drawn.size() + 1;
        engine.complaint = "not enough memory: you tried to allocate";
        var request = new JsonMapper().createObjectNode().put("images_per_prompt", 1);
        request.putArray("prompts").add("a {subject} in the snow");

        Generation generation = generations.submit(watch.id(), request);

        await().until(() -> generations.get(generation.id()).status() == JobStatus.FAILED);
        assertThat(generations.get(generation.id()).error())
                .isEqualTo(new Failure(
                        ErrorCode.OUT_OF_MEMORY,
                        "the worker ran out of memory drawing images of 64x64; smaller ones may fit"));
    }

    /** Of a job that nothing was planned for yet, and whose request leaves everything open. */
    private static JobMemory memory() {
        return new JobMemory(1, null, null, 16, List.of(), List.of());
    }

    private static List<String> economies(Job job) {
        return Objects.requireNonNull(job.memory()).economies().stream()
                .map(JobMemory.Saving::name)
                .toList();
    }

    @Test
    void keepsTheModelBetweenJobsButNotAfterAFailure() {
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);
        int opened = engine.opened;
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);
        assertThat(engine.opened).isEqualTo(opened);

        engine.trouble = new NanLossException(3);
        bench.submit(5).awaitStatus(JobStatus.FAILED);
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);
        assertThat(engine.opened).isEqualTo(opened + 1);
    }

    @Test
    void saysWhyAJobFailedAndGoesOnToTheNext() {
        engine.trouble = new NanLossException(3);
        JobWatch watch = bench.submit(5);
        JobWatch next = bench.submit(5);

        watch.awaitStatus(JobStatus.FAILED);
        assertThat(watch.error()).isEqualTo("nan_loss");
        assertThat(watch.text("select data->>'status' from job_event where type = 'completed' and job_id = ?"))
                .isEqualTo("failed");
        next.awaitStatus(JobStatus.SUCCEEDED);
    }

    @Test
    void letsGoOfAJobThatWasTakenFromItAndDoesNotForgetIt() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        // Another worker takes this one for dead, and dies before the queue knows.
        engine.meanwhile = () -> context.getBean(JobProgress.class).workerLost(id.join(), false);
        JobWatch watch = bench.submit(5);
        id.complete(watch.id());

        watch.awaitStatus(JobStatus.SUCCEEDED);
        assertThat(jobs.get(watch.id()).attempt()).isEqualTo(2);
    }

    @Test
    void drawsPreviewsFromTheSameSeedsEveryFewSteps() {
        JobWatch watch = bench.submitWithPreviews(5, 2);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        List<JobImage> previews = results.imagesOfJob(watch.id()).stream()
                .filter(image -> image.role() == ImageRole.PREVIEW)
                .toList();
        assertThat(previews).extracting(JobImage::step).containsExactly(2, 2, 4, 4);
        assertThat(previews)
                .extracting(JobImage::recipe)
                .extracting(ImageRecipe::seed)
                .containsExactly(3L, 4L, 3L, 4L);
        assertThat(previews)
                .extracting(JobImage::recipe)
                .extracting(ImageRecipe::prompt)
                .containsOnly("a sks teapot in the snow");
        assertThat(watch.number("""
                        select count(*) from job_event where type = 'image' and job_id = ?
                        and data->>'role' = 'preview' and (data->>'step')::int in (2, 4)
                        """)).isEqualTo(4);
        assertThat(watch.lastStep()).isEqualTo(5);
    }

    @Test
    void goesOnFromAnOlderCheckpointWhereTheNewestCannotBeRead() {
        ArtifactStore artifacts = context.getBean(ArtifactStore.class);
        JobProgress progress = context.getBean(JobProgress.class);
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.meanwhile = () -> {
            Lease lease = new Lease(id.join(), 1);
            for (int step : List.of(1, 2, 3)) {
                StoredFile state = artifacts.put(
                        "application/octet-stream",
                        out -> out.write(("state at %d".formatted(step)).getBytes(StandardCharsets.UTF_8)));
                progress.keepCheckpoint(lease, CheckpointKind.RESUME, step, state);
                if (step == 3) {
                    damage(artifacts.local(state.sha256()));
                }
            }
            progress.workerLost(id.join(), false);
        };
        JobWatch watch = bench.submitKeepingCheckpoints(5, 2);
        id.complete(watch.id());

        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(watch.number("select count(*) from job_event where type = 'log' and job_id = ?"
                        + " and data->>'message' like '%step 3 cannot be read%'"))
                .isOne();
        assertThat(engine.resumedFrom).isEqualTo("state at 2");
    }

    private static void damage(Path file) {
        try {
            Files.writeString(file, "broken");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void drawsMoreImagesFromAFinishedJob() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        var request = new JsonMapper().createObjectNode().put("images_per_prompt", 3);
        request.putArray("prompts").add("a {subject} in the snow");

        Generation generation = generations.submit(watch.id(), request);

        await().until(() -> generations.get(generation.id()).status() == JobStatus.SUCCEEDED);
        assertThat(results.imagesOfGeneration(generation.id()))
                .extracting(JobImage::recipe)
                .extracting(ImageRecipe::prompt)
                .containsOnly("a sks teapot in the snow")
                .hasSize(3);
        assertThat(results.imagesOfJob(watch.id())).hasSize(13);
        assertThat(results.scoresOfGeneration(generation.id()))
                .extracting(Score::metric, Score::subset, Score::step)
                .contains(
                        tuple(Metric.CLIP_I, null, 5),
                        tuple(Metric.CLIP_I, "a sks teapot in the snow", 5),
                        tuple(Metric.CLIP_T, null, 5));
        assertThat(results.scoresOf(List.of(watch.id())).get(watch.id()))
                .extracting(Score::subset)
                .doesNotContain("a sks teapot in the snow");
    }

    @Test
    void fillsATableRowByRowWithEachJobsOwnWeights() {
        JobWatch with = bench.submit(5);
        JobWatch without = bench.submitWithoutPrior(3);
        with.awaitStatus(JobStatus.SUCCEEDED);
        without.awaitStatus(JobStatus.SUCCEEDED);
        int opened = engine.opened;
        List<Integer> loaded = new CopyOnWriteArrayList<>();
        engine.grey = step -> {
            loaded.add(step);
            return 100 + step;
        };

        EvaluationTask task = compare(request(List.of(with, without)).put("images_per_prompt", 2));
        awaitStatus(task, JobStatus.SUCCEEDED);

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
            assertThat(row.score(Metric.CLIP_I).value()).isNotNull();
            assertThat(row.score(Metric.CLIP_I).n()).isEqualTo(2 * 3);
            assertThat(row.score(Metric.CLIP_I).step()).isEqualTo(row.step());
            assertThat(row.score(Metric.CLIP_T).n()).isEqualTo(2);
            assertThat(row.score(Metric.DINO).reason()).isEqualTo("the dino encoder was not opened");
            assertThat(row.secondsPerImage()).isPositive();
        });
        assertThat(loaded).hasSize(16).startsWith(5, 5, 5).endsWith(3, 3, 3);
        assertThat(engine.opened).isEqualTo(opened);
        assertThat(evaluationResults.images(task.id()))
                .extracting(image -> "%s %s %d %d"
                        .formatted(
                                image.recipe().prompt(),
                                image.recipe().sampler(),
                                image.recipe().steps(),
                                image.recipe().seed()))
                .hasSize(16)
                .startsWith(
                        "a photo of a sks teapot ddim 5 7",
                        "a photo of a sks teapot ddim 5 8",
                        "a photo of a sks teapot ddim 6 7")
                .endsWith("a photo of a sks teapot pndm 6 8");
        assertThat(evaluations.get(task.id()).progressStep()).isEqualTo(16);
    }

    @Test
    void goesOnWithWhatATableMissesWhenItsWorkerIsLost() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        int before = engine.drawn.size();
        CompletableFuture<UUID> id = new CompletableFuture<>();
        // In the middle of the second row.
        engine.awaitedImage = before + 4;
        engine.beforeImage = () -> context.getBean(EvaluationProgress.class).workerLost(id.join(), false);

        EvaluationTask task = compare(large(request(List.of(watch)).put("images_per_prompt", 2)));
        id.complete(task.id());
        awaitStatus(task, JobStatus.SUCCEEDED);

        assertThat(evaluations.get(task.id()).attempt()).isEqualTo(2);
        assertThat(evaluations.get(task.id()).lostWorkers()).isEqualTo(1);
        assertThat(evaluationResults.rows(task.id())).hasSize(4);
        assertThat(evaluationResults.images(task.id())).hasSize(8);
        // The image that was under way is drawn twice, all others once.
        assertThat(engine.drawn).hasSize(before + 8 + 1);
    }

    @Test
    void drawsTheRestOfATableWithTheWeightsThatWereChosenMeanwhile() {
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        int first = Objects.requireNonNull(jobs.get(watch.id()).chosen()).step();
        int other = first == 3 ? 6 : 3;
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.awaitedImage = engine.drawn.size() + 4;
        engine.beforeImage = () -> {
            checkpoints.choose(watch.id(), other);
            context.getBean(EvaluationProgress.class).workerLost(id.join(), false);
        };

        EvaluationTask task = compare(large(request(List.of(watch)).put("images_per_prompt", 2)));
        id.complete(task.id());
        awaitStatus(task, JobStatus.SUCCEEDED);

        assertThat(evaluationResults.rows(task.id()))
                .extracting(EvaluationRow::step)
                .containsExactly(first, other, other, other);
        assertThat(evaluationResults.images(task.id()))
                .extracting(EvaluationImage::step)
                .containsExactly(first, first, other, other, other, other, other, other);
        watch.awaitStatus(JobStatus.SUCCEEDED);
    }

    @Test
    void keepsTheRowsOfATableThatIsCanceled() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.awaitedImage = engine.drawn.size() + 3;
        engine.beforeImage = () -> evaluations.cancel(id.join());

        EvaluationTask task = compare(large(request(List.of(watch)).put("images_per_prompt", 2)));
        id.complete(task.id());
        awaitStatus(task, JobStatus.CANCELED);

        assertThat(evaluationResults.rows(task.id())).hasSize(1);
        bench.submit(5).awaitStatus(JobStatus.SUCCEEDED);
    }

    @Test
    void drawsATableOnceMoreImageByImageThatRanOutOfMemory() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        engine.batches.clear();
        engine.troubleInDrawing = engine.drawn.size() + 3;
        engine.complaint = "not enough memory: you tried to allocate";

        EvaluationTask task = compare(request(List.of(watch)).put("images_per_prompt", 2));
        awaitStatus(task, JobStatus.SUCCEEDED);

        assertThat(engine.batches).containsExactly(2, 1, 1, 1, 1, 1, 1);
        assertThat(evaluations.get(task.id()).memoryShortages()).isEqualTo(1);
    }

    @Test
    void failsATableThatRunsOutOfMemoryWithOneImage() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        engine.troubleInDrawing = engine.drawn.size() + 2;
        engine.complaint = "not enough memory: you tried to allocate";

        EvaluationTask task = compare(request(List.of(watch)).put("images_per_prompt", 1));
        awaitStatus(task, JobStatus.FAILED);

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

    /** Images that are drawn one by one. */
    private static ObjectNode large(ObjectNode request) {
        return request.put("width", 1024).put("height", 1024);
    }

    private EvaluationTask compare(ObjectNode request) {
        return evaluations.submit(request);
    }

    private void awaitStatus(EvaluationTask task, JobStatus wanted) {
        await().until(() -> evaluations.get(task.id()).status() == wanted);
    }

    @Test
    void describesPicturesWithTheModelsOwnClip() {
        CaptionTask task = captioned("likeness/tiny-world");

        assertThat(task.captions()).hasSize(3).extracting(Caption::origin).containsOnly(CaptionOrigin.CLIP);
        assertThat(task.captions()).extracting(Caption::text).allMatch(text -> text.startsWith("a photo of a teapot"));
        assertThat(context.getBean(Subjects.class).get(bench.subject()).captions())
                .isEqualTo(task.captions());
        assertThat(engine.captioners).isZero();
    }

    @Test
    void describesPicturesWithBlipAndLetsGoOfIt() {
        CaptionTask task = captioned("tests/described");

        Caption caption = new Caption("a teapot of 256 pixels", CaptionOrigin.BLIP);
        assertThat(task.captions()).containsExactly(caption, caption, caption);
        assertThat(task.progressStep()).isEqualTo(3);
        assertThat(engine.captioners).isZero();
    }

    @Test
    void stopsDescribingBehindThePictureAtHand() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.meanwhile = () -> captions.cancel(id.join());
        CaptionTask task = propose("tests/described");
        id.complete(task.id());

        await().until(() -> captions.get(task.id()).status() == JobStatus.CANCELED);
        assertThat(captions.get(task.id()).captions()).isEmpty();
        assertThat(engine.captioners).isZero();
    }

    @Test
    void saysWhichTokensOfAWordItStartsFrom() {
        engine.cutWord = List.of("sea</w>", "animal</w>");
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(watch.logs())
                .contains("of the 2 tokens of \"sea animal\" (sea, animal), the embeddings start from the first 1"
                        + " alone: there are no more vectors");
    }

    @Test
    void trainsWithTheCaptionsItHasProposed() {
        JobWatch watch = bench.submitWithCaptions("tests/described");
        watch.awaitStatus(JobStatus.SUCCEEDED);

        assertThat(engine.trainedCaptions).hasSize(3).containsOnly("a sks teapot of 256 pixels");
        assertThat(jobs.get(watch.id()).captions())
                .hasSize(3)
                .containsOnly(new Caption("a sks teapot of 256 pixels", CaptionOrigin.BLIP));
        assertThat(watch.logs()).contains("the captions of the pictures were proposed by blip");
        byte[] spec = context.getBean(ArtifactStore.class)
                .bytes(watch.text("select file_sha256 from job_artifact where kind = 'config' and job_id = ?"));
        assertThat(new JsonMapper().readTree(spec).at("/training/captions/2").asString())
                .isEqualTo("a sks teapot of 256 pixels");
    }

    @Test
    void keepsTheCaptionsThatAnEarlierAttemptHasProposed() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.meanwhile = () -> {
            Caption kept = new Caption("kept", CaptionOrigin.BLIP);
            JobProgress progress = context.getBean(JobProgress.class);
            progress.useCaptions(new Lease(id.join(), 1), List.of(kept, kept, kept));
            progress.workerLost(id.join(), false);
        };
        JobWatch watch = bench.submitWithCaptions("tests/described");
        id.complete(watch.id());

        watch.awaitStatus(JobStatus.SUCCEEDED);
        assertThat(jobs.get(watch.id()).attempt()).isEqualTo(2);
        assertThat(engine.trainedCaptions).containsExactly("kept", "kept", "kept");
    }

    private CaptionTask captioned(String model) {
        CaptionTask task = propose(model);
        await().until(() -> captions.get(task.id()).status() == JobStatus.SUCCEEDED);
        return captions.get(task.id());
    }

    private CaptionTask propose(String model) {
        return captions.submit(
                bench.subject(), new JsonMapper().createObjectNode().put("model", model));
    }

    @Test
    void mergesAdaptersIntoAGeneration() throws IOException {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(JobStatus.SUCCEEDED);
        Adapter adapter = context.getBean(Adapters.class).keep(lora());
        engine.adapters.clear();
        var request = new JsonMapper().createObjectNode().put("fused", false).put("lora_unet_scale", 0.5);
        request.putArray("adapters")
                .addObject()
                .put("id", adapter.id().toString())
                .put("unet_scale", 0.8);

        Generation generation = generations.submit(watch.id(), request);

        await().until(() -> generations.get(generation.id()).status() == JobStatus.SUCCEEDED);
        assertThat(engine.adapters).containsExactly(adapter.fileSha256() + " AdapterScales[unet=0.8, text=1.0] null");
        assertThat(engine.fused).isFalse();
        ImageRecipe recipe = Objects.requireNonNull(
                results.imagesOfGeneration(generation.id()).get(0).recipe());
        assertThat(recipe.loraUnetScale()).isEqualTo(0.5);
        assertThat(recipe.fused()).isFalse();
        assertThat(recipe.adapters())
                .containsExactly(new ImageRecipe.RecipeAdapter(adapter.fileSha256(), 0.8, 1, null));
    }

    @Test
    void putsUploadedEmbeddingsBeneathTheWordThatGoesOnFromThem() throws IOException {
        Adapter adapter = context.getBean(Adapters.class).keep(lora());
        engine.adapters.clear();

        bench.submitGoingOnFrom(adapter.id()).awaitStatus(JobStatus.SUCCEEDED);

        assertThat(engine.adapters)
                .containsExactly("%s %s <%s>".formatted(adapter.fileSha256(), AdapterScales.FULL, adapter.id()));
    }

    private static CheckedAdapter lora() throws IOException {
        return new CheckedAdapter(
                Files.writeString(Files.createTempFile("adapter", null), "an adapter"),
                "style.safetensors",
                "style",
                "likeness/tiny-world",
                AdapterKind.LORA,
                AdapterFormat.KOHYA,
                new AdapterContents(4, "attention", Map.of("unet", 1), List.of(), null, null));
    }

    @Test
    void announcesItself() {
        await().until(() -> jdbc.sql("select count(*) from worker where device = 'cpu' and memory_held = 1")
                        .query(Integer.class)
                        .single()
                == 1);
    }
}
