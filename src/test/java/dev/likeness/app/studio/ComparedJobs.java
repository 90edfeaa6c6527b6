package dev.likeness.app.studio;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.evaluation.EvaluationProgress;
import dev.likeness.app.evaluation.LeasedEvaluation;
import dev.likeness.app.evaluation.LeasedEvaluation.EvaluatedJob;
import dev.likeness.app.evaluation.LeasedEvaluation.PlannedRow;
import dev.likeness.app.evaluation.NewEvaluationImage;
import dev.likeness.app.evaluation.NewEvaluationRow;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.ImageRecipe;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobIntake;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.NewImage;
import dev.likeness.app.picture.StoredImage;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.task.Lease;
import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.sampling.SamplingSettings;
import dev.likeness.diffusion.schedule.Sampler;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Finished jobs with images of chosen prompts and seeds, and evaluations of them. */
final class ComparedJobs {

    private static final SamplingSettings SETTINGS = new SamplingSettings(Sampler.DDIM, 30, 5, 0, 64, 64);

    private final JobIntake intake;
    private final JobProgress progress;
    private final EvaluationProgress evaluations;
    private final ArtifactStore artifacts;
    private final TestDatabase database;
    private final JsonMapper json;

    ComparedJobs(ApplicationContext context) {
        intake = context.getBean(JobIntake.class);
        progress = context.getBean(JobProgress.class);
        evaluations = context.getBean(EvaluationProgress.class);
        artifacts = context.getBean(ArtifactStore.class);
        database = TestDatabase.of(context);
        json = context.getBean(JsonMapper.class);
    }

    /** A finished job whose images have this score, one for each prompt, with seeds from a first one. */
    UUID finished(String classWord, String spec, double likeness, long seed, String... prompts) {
        UUID subject = database.subject(classWord, Instant.now());
        UUID id = intake.submit(subject, intake.draft(classWord, (ObjectNode) json.readTree(spec)))
                .id();
        Lease lease = progress.lease(id).orElseThrow().lease();
        progress.start(lease);
        progress.keepCheckpoint(lease, CheckpointKind.WEIGHTS, 400, picture("owl", 1));
        progress.choose(lease, new ChosenCheckpoint(400, ChosenCheckpoint.By.LAST, "the last"));
        for (int i = 0; i < prompts.length; i++) {
            String prompt = prompts[i].replace("{subject}", "sks " + classWord);
            progress.addImage(
                    lease,
                    new NewImage(
                            ImageRole.RESULT,
                            i,
                            StoredImage.png(picture("owl", i + 1)),
                            64,
                            64,
                            recipe(prompt, seed + i),
                            400));
        }
        progress.addScores(lease, List.of(score(Metric.CLIP_I, likeness)));
        progress.succeed(lease, new Job.Outcome(3.8, 1L << 30));
        return id;
    }

    /** Finishes an evaluation whose rows have these likenesses, and better prompts the worse the likeness is. */
    void finish(UUID evaluation, double... likenesses) {
        LeasedEvaluation leased = evaluations.lease(evaluation).orElseThrow();
        evaluations.start(leased.lease());
        int row = 0;
        for (EvaluatedJob job : leased.jobs()) {
            for (PlannedRow planned : job.rows()) {
                double likeness = likenesses[row++];
                evaluations.addImage(
                        leased.lease(),
                        new NewEvaluationImage(
                                job.id(), planned.position(), 0, picture("owl", row), recipe("a bear", 0), 400, row));
                evaluations.addRow(
                        leased.lease(),
                        new NewEvaluationRow(
                                job,
                                planned,
                                List.of(score(Metric.CLIP_I, likeness), score(Metric.CLIP_T, 1 - likeness))));
            }
        }
        evaluations.succeed(leased.lease());
    }

    private static ImageRecipe recipe(String prompt, long seed) {
        return new ImageRecipe(prompt, "", seed, SETTINGS, "2c26b46b", AdapterScales.FULL, true, List.of());
    }

    private static Score score(Metric metric, double value) {
        return new Score(
                new Score.Selection(ImageSet.RESULTS, 400, null),
                metric,
                Score.Outcome.of(value, 12, new Score.Interval(value - 0.1, value + 0.1)),
                "likeness/tiny-world/clip",
                "all generated x real",
                0.676);
    }

    private StoredFile picture(String subject, int number) {
        ClassPathResource picture = new ClassPathResource("subjects/%s/%d.png".formatted(subject, number));
        return artifacts.put("image/png", out -> out.write(picture.getContentAsByteArray()));
    }
}
