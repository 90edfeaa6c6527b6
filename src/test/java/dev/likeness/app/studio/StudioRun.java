package dev.likeness.app.studio;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.NewImage;
import dev.likeness.app.picture.StoredImage;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.ErrorCode;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.Phase;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;

/** A worker's attempt at a job, step by step as a test wants it. */
final class StudioRun {

    private final UUID id;
    private final JobProgress progress;
    private final ArtifactStore artifacts;
    private final Lease lease;
    private final int steps;

    /** @param steps of the training */
    StudioRun(ApplicationContext context, UUID id, int steps) {
        this.id = id;
        this.steps = steps;
        progress = context.getBean(JobProgress.class);
        artifacts = context.getBean(ArtifactStore.class);
        lease = progress.lease(id).orElseThrow().lease();
        progress.start(lease);
    }

    StudioRun enter(Phase phase) {
        progress.enterPhase(lease, phase);
        return this;
    }

    /** Begins to train after a step. */
    StudioRun train(int done) {
        enter(Phase.TRAINING);
        progress.progress(lease, done, steps, null);
        return this;
    }

    /** Trains steps, with the loss 1 / step. */
    StudioRun steps(int first, int last) {
        for (int step = first; step <= last; step++) {
            measured(step, 1.0 / step);
        }
        return this;
    }

    StudioRun measured(int step, Object loss) {
        progress.event(lease, EventType.METRIC, Map.of("step", step, "loss", loss, "learning_rate", 1e-4));
        progress.progress(lease, step, steps, steps - step);
        return this;
    }

    /** An image of a bundled subject. */
    StudioRun image(ImageRole role, int step, int position, String prompt) {
        ClassPathResource picture = new ClassPathResource("subjects/owl/%d.png".formatted(1 + (step + position) % 4));
        StoredFile file = artifacts.put("image/png", out -> out.write(picture.getContentAsByteArray()));
        SamplingSettings settings = new SamplingSettings(Sampler.DDIM, 30, 5, 0, 64, 64);
        progress.addImage(
                lease,
                new NewImage(
                        role,
                        position,
                        StoredImage.png(file),
                        64,
                        64,
                        new ImageRecipe(prompt, "", position, settings, "2c26", AdapterScales.FULL, true, List.of()),
                        step));
        return this;
    }

    StudioRun log(String message) {
        progress.event(lease, EventType.LOG, Map.of("message", message));
        return this;
    }

    StudioRun score(Metric metric, double value, double reference) {
        progress.addScores(
                lease,
                List.of(new Score(
                        new Score.Selection(ImageSet.RESULTS, steps, "overall"),
                        metric,
                        Score.Outcome.of(value, 12, null),
                        "likeness/tiny-world/clip",
                        "all generated x real",
                        reference)));
        return this;
    }

    void succeed() {
        progress.succeed(lease, new Job.Outcome(3.8, 1L << 30));
    }

    void cancel() {
        progress.canceled(lease);
    }

    void fail(ErrorCode code, String message) {
        progress.fail(lease, new Failure(code, message));
    }

    /** The worker dies, and the service notices it. */
    void die() {
        progress.workerLost(id, false);
    }
}
