package dev.likeness.app;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.ArtifactFormat;
import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobEngine;
import dev.likeness.app.job.JobIntake;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.NewArtifact;
import dev.likeness.app.job.NewImage;
import dev.likeness.app.picture.StoredImage;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Phase;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Submits jobs, and acts as their worker. */
public class TestWorker {

    private final JobIntake intake;
    private final JobProgress progress;
    private final ArtifactStore artifacts;
    private final TestDatabase database;

    private final JsonMapper json;

    TestWorker(JobIntake intake, JobProgress progress, ArtifactStore artifacts, JdbcClient jdbc, JsonMapper json) {
        this.intake = intake;
        this.progress = progress;
        this.artifacts = artifacts;
        this.database = new TestDatabase(jdbc);
        this.json = json;
    }

    /** A queued job for a teapot. */
    public UUID submit() {
        return submit("{}");
    }

    /** A queued job for a teapot with a spec, as JSON. */
    public UUID submit(String spec) {
        UUID subject = database.subject("teapot", Instant.now());
        return intake.submit(subject, intake.draft("teapot", (ObjectNode) json.readTree(spec)))
                .id();
    }

    /** The id of a finished job of three pictures, which this client submits. */
    public String finishedJob(Api api) {
        String id = api.submit(Api.owl()).at("/id");
        work(UUID.fromString(id));
        return id;
    }

    /**
     * Executes a job to its end: two images, one image of a checkpoint, one score, weights of two steps, one file for
     * other programs.
     */
    public void work(UUID jobId) {
        work(jobId, lease -> {});
    }

    /** As {@link #work(UUID)}, and more while it trains. */
    public void work(UUID jobId, Consumer<Lease> more) {
        Lease lease = progress.lease(jobId).orElseThrow().lease();
        progress.computeWith(lease, new JobEngine("57 operators agree with fp64 in fp32", "1.2.3", null));
        progress.start(lease);
        progress.enterPhase(lease, Phase.TRAINING);
        progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 200, file("half the weights of " + jobId));
        progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 400, file("weights of " + jobId));
        more.accept(lease);
        progress.choose(lease, new ChosenCheckpoint(400, ChosenCheckpoint.By.LAST, "the last"));
        progress.addArtifact(
                lease,
                new NewArtifact(
                        ArtifactKind.LORA,
                        ArtifactFormat.KOHYA,
                        "sks_lora.safetensors",
                        file("adapter of " + jobId),
                        400));
        progress.addImage(lease, image(file("first image of " + jobId), 0));
        progress.addImage(lease, image(file("second image of " + jobId), 1));
        progress.addImage(lease, image(ImageRole.EVALUATION, file("image of a checkpoint of " + jobId), 0));
        progress.addScores(lease, List.of(score(0.646)));
        progress.succeed(lease, new Job.Outcome(3.8, 1L << 30));
    }

    /** Deletes all jobs. */
    public void clear() {
        database.clear("job", "scheduled_tasks");
    }

    public StoredFile file(String content) {
        return artifacts.put("image/png", out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    public static NewImage image(StoredFile file, int position) {
        return image(ImageRole.RESULT, file, position);
    }

    public static NewImage image(StoredImage file, int position) {
        return image(ImageRole.RESULT, file, position);
    }

    public static NewImage image(ImageRole role, StoredFile file, int position) {
        return image(role, StoredImage.png(file), position);
    }

    private static NewImage image(ImageRole role, StoredImage file, int position) {
        String prompt = "a photo of a sks teapot";
        return new NewImage(
                role,
                position,
                file,
                64,
                64,
                new ImageRecipe(
                        prompt,
                        "",
                        position,
                        new SamplingSettings(Sampler.DDIM, 30, 5, 0, 64, 64),
                        "2c26b46b",
                        AdapterScales.FULL,
                        true,
                        List.of()),
                400);
    }

    public static Score score(double value) {
        return score(ImageSet.RESULTS, value);
    }

    public static Score score(ImageSet images, double value) {
        return new Score(
                new Score.Selection(images, 400, "a photo of a sks teapot"),
                Metric.CLIP_I,
                Score.Outcome.of(value, 12, null),
                "likeness/tiny-world/clip",
                "all generated x real",
                0.676);
    }
}
