package dev.likeness.app.studio;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.generation.GenerationProgress;
import dev.likeness.app.job.ArtifactFormat;
import dev.likeness.app.job.ArtifactKind;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
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
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** Acts as the worker of a job with the checkpoints 200 and 400, and of its generations. Its images are the owl's pictures. */
final class StudioResult {

    static final String BEACH = "a photo of a sks bird on the beach";
    static final String SNOW = "a photo of a sks bird in the snow";

    private final JobProgress progress;
    private final GenerationProgress generations;
    private final ArtifactStore artifacts;

    StudioResult(ApplicationContext context) {
        progress = context.getBean(JobProgress.class);
        generations = context.getBean(GenerationProgress.class);
        artifacts = context.getBean(ArtifactStore.class);
    }

    /** Trains up to step 200, whose images and scores are there. */
    Lease train(UUID job) {
        Lease lease = begin(job);
        progress.enterPhase(lease, Phase.TRAINING);
        evaluate(lease, 0, "a photo of a bird on the beach", "a photo of a bird in the snow");
        score(lease, 0, 0.05, 0.6);
        evaluate(lease, 200, BEACH, SNOW);
        score(lease, 200, 0.4, 0.5);
        progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 200, file("half the weights of " + job));
        progress.progress(lease, 200, 400, 95);
        return lease;
    }

    /** Trains to the end. The result, step 400, repeats the pictures and follows prompts less. */
    void finish(UUID job) {
        Lease lease = train(job);
        evaluate(lease, 400, BEACH, SNOW);
        score(lease, 400, 0.67, 0.15);
        progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 400, file("weights of " + job));
        progress.choose(
                lease, new ChosenCheckpoint(400, ChosenCheckpoint.By.SCORE, "its clip_i of 0.670 is the highest"));
        deliver(lease, 400);
    }

    /** Works on a job that waits again because another checkpoint was chosen. */
    void export(UUID job, int step) {
        deliver(begin(job), step);
    }

    private void deliver(Lease lease, int step) {
        progress.addImage(lease, image(ImageRole.RESULT, 0, step, BEACH));
        progress.addImage(lease, image(ImageRole.RESULT, 1, step, BEACH));
        progress.addImage(lease, image(ImageRole.RESULT, 2, step, SNOW));
        progress.addScores(
                lease,
                List.of(new Score(
                        new Score.Selection(ImageSet.RESULTS, step, BEACH),
                        Metric.CLIP_I,
                        Score.Outcome.of(0.71, 6, new Score.Interval(0.65, 0.75)),
                        "likeness/tiny-world/clip",
                        "all generated x real",
                        0.68)));
        progress.addArtifact(
                lease,
                new NewArtifact(
                        ArtifactKind.LORA,
                        ArtifactFormat.KOHYA,
                        "sks_lora.safetensors",
                        file("adapter of step " + step + " of " + lease),
                        step));
        progress.addArtifact(
                lease,
                new NewArtifact(
                        ArtifactKind.REPORT, ArtifactFormat.JSON, "report.json", file("report of " + lease), step));
        progress.succeed(lease, new Job.Outcome(3.8, 1L << 30));
    }

    /** Begins a generation, with one image of the prompt. */
    Lease generate(UUID generation, String prompt) {
        Lease lease = generations.lease(generation).orElseThrow().lease();
        generations.start(lease);
        generations.progress(lease, 15, 30, 2);
        generations.addImage(lease, image(ImageRole.RESULT, 0, 400, prompt));
        return lease;
    }

    /** Ends a generation, with a second image. */
    void finish(Lease lease, String prompt) {
        generations.addImage(lease, image(ImageRole.RESULT, 1, 400, prompt));
        generations.succeed(lease);
    }

    private Lease begin(UUID job) {
        Lease lease = progress.lease(job).orElseThrow().lease();
        progress.start(lease);
        return lease;
    }

    private void evaluate(Lease lease, int step, String... prompts) {
        for (int i = 0; i < prompts.length; i++) {
            progress.addImage(lease, image(ImageRole.EVALUATION, i, step, prompts[i]));
        }
    }

    private void score(Lease lease, int step, double likeness, double margin) {
        progress.addScores(
                lease,
                List.of(
                        of(step, Metric.CLIP_I, likeness, 0.68),
                        of(step, Metric.CLIP_T_MARGIN, margin, null),
                        Score.missing(ImageSet.CHECKPOINT, Metric.DINO, "the model brings no dino encoder", step)));
    }

    private static Score of(int step, Metric metric, double value, Double reference) {
        return new Score(
                new Score.Selection(ImageSet.CHECKPOINT, step, null),
                metric,
                Score.Outcome.of(value, 6, new Score.Interval(value - 0.04, value + 0.04)),
                "likeness/tiny-world/clip",
                "all generated x real",
                reference);
    }

    private NewImage image(ImageRole role, int position, int step, String prompt) {
        ClassPathResource picture = new ClassPathResource("subjects/owl/%d.png".formatted(position + 1));
        return new NewImage(
                role,
                position,
                StoredImage.png(artifacts.put("image/png", out -> out.write(picture.getContentAsByteArray()))),
                256,
                256,
                new ImageRecipe(
                        prompt,
                        "blurry",
                        41 + position,
                        new SamplingSettings(Sampler.EULER, 20, 5, 0, 256, 256),
                        "2c26b46b",
                        AdapterScales.FULL,
                        true,
                        List.of()),
                step);
    }

    private StoredFile file(String content) {
        return artifacts.put(
                "application/octet-stream",
                out -> out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
