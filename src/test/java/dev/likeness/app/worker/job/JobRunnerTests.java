package dev.likeness.app.worker.job;

import static dev.likeness.app.worker.FakeEngine.cutWord;
import static dev.likeness.app.worker.FakeEngine.fail;
import static dev.likeness.app.worker.FakeEngine.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.adapter.TestAdapters;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Phase;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.pipeline.ScoreEncoders;
import dev.likeness.diffusion.training.NanLossException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A job from its lease to its end, and what an interrupted or failed job leaves behind. */
@FakeWorkerTest
class JobRunnerTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    Jobs jobs;

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
    void takesAJobThroughEveryPhase() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

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
                        // Its folder exists, but the fake engine opens no encoder.
                        "checkpoint detail overall @ 0",
                        "checkpoint detail overall @ 5",
                        "results detail overall @ 5",
                        "checkpoint colour_shift overall @ 0",
                        "checkpoint colour_shift overall @ 5",
                        "results colour_shift overall @ 5",
                        "results colour_shift a photo of a sks teapot @ 5",
                        "results colour_shift a photo of a sks teapot on the beach @ 5",
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
        assertThat(watch.stepsOfWeights()).containsExactly(5);
    }

    @Test
    void scoresWithTheModelsOwnClipAndTheDinoThatTheOperatorNames() {
        engine.onTraining(fail(new NanLossException(1)));
        bench.submit(5).awaitStatus(TaskStatus.FAILED);
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);

        ScoreEncoders encoders = engine.encoders();
        assertThat(Objects.requireNonNull(encoders.clip()).id()).isEqualTo("likeness/tiny-world/clip");
        assertThat(encoders.dino())
                .isEqualTo(new ScoreEncoders.Encoder(
                        "tiny-vision/dino",
                        Path.of("src/test/resources/goldens/tiny-vision/dino").toAbsolutePath()));
    }

    @Test
    void generatesEachImageWithItsOwnSeedBeforeAndAfter() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

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
    void generatesPreviewsFromTheSameSeedsEveryFewSteps() {
        JobWatch watch = bench.submitWithPreviews(5, 2);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

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
        assertThat(watch.stepsOfImageEvents("preview")).containsExactly(2, 2, 4, 4);
        assertThat(watch.lastStep()).isEqualTo(5);
    }

    @Test
    void keepsTheModelBetweenJobsButNotAfterAFailure() {
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
        int opened = engine.opened();
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.opened()).isEqualTo(opened);

        engine.onTraining(fail(new NanLossException(3)));
        bench.submit(5).awaitStatus(TaskStatus.FAILED);
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(engine.opened()).isEqualTo(opened + 1);
    }

    @Test
    void reportsWhyAJobFailedAndTakesTheNext() {
        engine.onTraining(fail(new NanLossException(3)));
        JobWatch watch = bench.submit(5);
        JobWatch next = bench.submit(5);

        watch.awaitStatus(TaskStatus.FAILED);
        assertThat(watch.error()).isEqualTo("nan_loss");
        assertThat(watch.completedAs()).isEqualTo("failed");
        next.awaitStatus(TaskStatus.SUCCEEDED);
    }

    @Test
    void runsAJobAgainWhoseLeaseItLost() {
        CompletableFuture<UUID> id = new CompletableFuture<>();
        // Another worker records this one as dead, and dies before it updates the queue.
        engine.onTraining(run(() -> context.getBean(JobProgress.class).workerLost(id.join(), false)));
        JobWatch watch = bench.submit(5);
        id.complete(watch.id());

        watch.awaitStatus(TaskStatus.SUCCEEDED);
        assertThat(jobs.get(watch.id()).attempt()).isEqualTo(2);
    }

    @Test
    void resumesFromAnOlderCheckpointWhereTheNewestCannotBeRead() {
        ArtifactStore artifacts = context.getBean(ArtifactStore.class);
        JobProgress progress = context.getBean(JobProgress.class);
        CompletableFuture<UUID> id = new CompletableFuture<>();
        engine.onTraining(run(() -> {
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
        }));
        JobWatch watch = bench.submitKeepingCheckpoints(5, 2);
        id.complete(watch.id());

        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.logs())
                .filteredOn(it -> it.contains("step 3 cannot be read"))
                .hasSize(1);
        assertThat(engine.lastTraining().resumedFrom()).isEqualTo("state at 2");
    }

    @Test
    void saysWhichTokensOfAWordItStartsFrom() {
        engine.onTraining(cutWord("sea</w>", "animal</w>"));
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(watch.logs())
                .contains("\"sea animal\" has 2 tokens (sea, animal), but there is only 1 vector: the embeddings"
                        + " start from its first token");
    }

    @Test
    void continuesAWordFromUploadedEmbeddings() throws IOException {
        Adapter adapter = context.getBean(Adapters.class).keep(TestAdapters.lora());
        engine.forgetAdapters();

        bench.submitContinuingFrom(adapter.id()).awaitStatus(TaskStatus.SUCCEEDED);

        assertThat(engine.adapters())
                .containsExactly("%s %s <%s>".formatted(adapter.file().sha256(), AdapterScales.FULL, adapter.id()));
    }

    private static void damage(Path file) {
        try {
            Files.writeString(file, "broken");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
