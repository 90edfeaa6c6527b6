package dev.likeness.app.job;

import dev.likeness.app.TestDatabase;
import dev.likeness.app.artifact.StoredFile;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.spec.FaceSpec;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.KeptWeights;
import dev.likeness.app.spec.LoraSpec;
import dev.likeness.app.spec.PreviewSpec;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.app.spec.SamplingSpec;
import dev.likeness.app.spec.ScoringSpec;
import dev.likeness.app.spec.TextualInversionSpec;
import dev.likeness.app.spec.TrainingCaptions;
import dev.likeness.app.spec.TrainingSpec;
import dev.likeness.diffusion.adapter.LoraTargets;
import dev.likeness.diffusion.adapter.MomentumMode;
import dev.likeness.diffusion.face.FacialLoss;
import dev.likeness.diffusion.graph.Precision;
import dev.likeness.diffusion.method.PromptTemplates;
import dev.likeness.diffusion.plan.OptimizerKind;
import dev.likeness.diffusion.schedule.Sampler;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Inserts jobs into the database for tests. */
public final class TestJobs {

    private final JobRepository jobs;
    private final TestDatabase database;

    private final Clock clock;

    public TestJobs(ApplicationContext context) {
        this.jobs = context.getBean(JobRepository.class);
        this.database = TestDatabase.of(context);
        this.clock = context.getBean(Clock.class);
    }

    /** A subject without pictures. */
    public UUID subject() {
        return database.subject("teapot", clock.instant());
    }

    public UUID job() {
        return job(subject(), spec());
    }

    public UUID job(UUID subject, JobSpec spec) {
        return job(subject, spec, null);
    }

    public UUID job(UUID subject, JobSpec spec, @Nullable JobMemory memory) {
        return jobs.save(new Job(subject, new JobDraft("teapot", spec, memory), List.of(), clock.instant()))
                .id();
    }

    /** An image that is not in a database. */
    public static JobImage image(ImageRole role, int step, int position, String sha256) {
        StoredFile file = new StoredFile(sha256, 1, "image/png");
        return new JobImage(
                UUID.randomUUID(), null, new NewImage(role, position, file, 64, 64, null, step), Instant.EPOCH);
    }

    public Job get(UUID id) {
        return jobs.findById(id).orElseThrow();
    }

    /** Two images of the subject and two of the class per checkpoint. */
    public static ScoringSpec evaluation(int checkpoints, int patience) {
        return new ScoringSpec(
                checkpoints,
                null,
                0,
                List.of("a photo of a {subject}", "a photo of a {subject} in the snow"),
                1,
                2,
                0,
                KeptWeights.BEST,
                "clip_i",
                0.5,
                patience);
    }

    /** Small and quick. */
    public static JobSpec spec() {
        return spec(new PriorSpec(true, 4, 1.0, "a photo of a {class}", "", Sampler.DDIM, 3, 5.0, 11));
    }

    public static JobSpec spec(PriorSpec prior) {
        return new JobSpec(
                "likeness/tiny-world",
                "dreambooth",
                null,
                null,
                "sks",
                "a photo of a {subject}",
                training(20),
                prior,
                new LoraSpec(4, 4, 0, LoraTargets.ATTENTION),
                new TextualInversionSpec(1, null, PromptTemplates.OBJECT, false, 0.1, MomentumMode.ANCHOR),
                new FaceSpec(false, 1, FacialLoss.CROP, 0.3),
                new PreviewSpec(0, List.of("a photo of a {subject}"), 1, 0),
                evaluation(1, 0),
                new SamplingSpec(
                        List.of("a photo of a {subject}", "a photo of a {subject} on the beach"),
                        "",
                        2,
                        Sampler.DDIM,
                        3,
                        5.0,
                        1,
                        1,
                        true,
                        0.0,
                        64,
                        64,
                        7));
    }

    public static TrainingSpec training(int steps) {
        return training(steps, 1, TrainingCaptions.given(List.of()));
    }

    public static TrainingSpec training(int steps, TrainingCaptions captions) {
        return training(steps, 1, captions);
    }

    /** @param keep number of resumable checkpoints */
    public static TrainingSpec training(int steps, int keep) {
        return training(steps, keep, TrainingCaptions.given(List.of()));
    }

    private static TrainingSpec training(int steps, int keep, TrainingCaptions captions) {
        return new TrainingSpec(
                steps,
                7e-4,
                "constant",
                0,
                OptimizerKind.ADAMW,
                2,
                1,
                false,
                Precision.FP32,
                false,
                1.0,
                0,
                0,
                List.of(),
                0.1,
                captions,
                captions.source(),
                64,
                false,
                false,
                3,
                0.9,
                0.999,
                0.01,
                1e-8,
                1,
                keep);
    }
}
