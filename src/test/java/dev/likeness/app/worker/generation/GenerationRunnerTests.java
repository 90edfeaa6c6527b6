package dev.likeness.app.worker.generation;

import static dev.likeness.app.worker.FakeEngine.fail;
import static dev.likeness.app.worker.FakeEngine.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.likeness.app.adapter.Adapter;
import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.adapter.TestAdapters;
import dev.likeness.app.generation.Generation;
import dev.likeness.app.generation.Generations;
import dev.likeness.app.job.Checkpoints;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.JobImage;
import dev.likeness.app.job.JobResults;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.TaskStatus;
import dev.likeness.app.worker.FakeEngine;
import dev.likeness.app.worker.FakeWorkerTest;
import dev.likeness.app.worker.JobWatch;
import dev.likeness.app.worker.WorkerBench;
import dev.likeness.diffusion.evaluation.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

@FakeWorkerTest
class GenerationRunnerTests {

    @Autowired
    ApplicationContext context;

    @Autowired
    Generations generations;

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
    void generatesMoreImagesFromAFinishedJob() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        var request = new JsonMapper().createObjectNode().put("images_per_prompt", 3);
        request.putArray("prompts").add("a {subject} in the snow");

        Generation generation = generations.submit(watch.id(), request);

        await().until(() -> generations.get(generation.id()).status() == TaskStatus.SUCCEEDED);
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
    void generatesWithTheRequestedWeights() {
        engine.learns(step -> 20 + 10 * Math.abs(step - 6));
        JobWatch watch = bench.submitScoring(12, 4, 0);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        CompletableFuture<UUID> asked = new CompletableFuture<>();
        engine.onTraining(run(() -> {
            asked.complete(generations
                    .submit(watch.id(), new JsonMapper().createObjectNode())
                    .id());
            checkpoints.choose(watch.id(), 9);
        }));
        // While this one is trained, the other job is asked for images, and then given other weights.
        bench.submit(5).awaitStatus(TaskStatus.SUCCEEDED);
        UUID generation = asked.join();
        await().until(() -> generations.get(generation).status() == TaskStatus.SUCCEEDED);

        assertThat(results.imagesOfGeneration(generation))
                .extracting(JobImage::step)
                .containsOnly(6);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
    }

    @Test
    void repeatsAGenerationImageByImageAfterItRanOutOfMemory() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        engine.forgetBatches();
        engine.onImage(1, fail("not enough memory: you tried to allocate"));

        Generation generation = generations.submit(
                watch.id(), new JsonMapper().createObjectNode().put("images_per_prompt", 2));

        await().until(() -> generations.get(generation.id()).status() == TaskStatus.SUCCEEDED);
        assertThat(engine.batches()).containsExactly(1, 1, 1, 1);
        assertThat(generations.get(generation.id()).memoryShortages()).isEqualTo(1);
    }

    @Test
    void failsAGenerationThatRunsOutOfMemoryWithOneImage() {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        engine.onImage(1, fail("not enough memory: you tried to allocate"));
        var request = new JsonMapper().createObjectNode().put("images_per_prompt", 1);
        request.putArray("prompts").add("a {subject} in the snow");

        Generation generation = generations.submit(watch.id(), request);

        await().until(() -> generations.get(generation.id()).status() == TaskStatus.FAILED);
        assertThat(generations.get(generation.id()).error())
                .isEqualTo(new Failure(
                        ErrorCode.OUT_OF_MEMORY,
                        "the worker ran out of memory while it generated images of 64x64 pixels; smaller"
                                + " images may fit"));
    }

    @Test
    void mergesAdaptersIntoAGeneration() throws IOException {
        JobWatch watch = bench.submit(5);
        watch.awaitStatus(TaskStatus.SUCCEEDED);
        Adapter adapter = context.getBean(Adapters.class).keep(TestAdapters.lora());
        engine.forgetAdapters();
        var request = new JsonMapper().createObjectNode().put("fused", false).put("lora_unet_scale", 0.5);
        request.putArray("adapters")
                .addObject()
                .put("id", adapter.id().toString())
                .put("unet_scale", 0.8);

        Generation generation = generations.submit(watch.id(), request);

        await().until(() -> generations.get(generation.id()).status() == TaskStatus.SUCCEEDED);
        assertThat(engine.adapters())
                .containsExactly(adapter.file().sha256() + " AdapterScales[unet=0.8, text=1.0] null");
        assertThat(engine.isFused()).isFalse();
        ImageRecipe recipe = Objects.requireNonNull(
                results.imagesOfGeneration(generation.id()).get(0).recipe());
        assertThat(recipe.adapterScales().unet()).isEqualTo(0.5);
        assertThat(recipe.fused()).isFalse();
        assertThat(recipe.adapters())
                .containsExactly(new ImageRecipe.RecipeAdapter(adapter.file().sha256(), 0.8, 1, null));
    }
}
