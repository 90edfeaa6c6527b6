package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.task.Phase;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.method.Method;
import dev.likeness.diffusion.method.PromptWords;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import dev.likeness.diffusion.training.Prompts;
import dev.likeness.diffusion.training.TrainingSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Trains, from the last checkpoint if there is one, and loads the weights of the result. */
@InWorker
@Component
@Order(2)
class TrainingPhase implements JobPhase {

    private final JobProgress progress;
    private final DurableWriter durable;
    private final TrainingSubjects subjects;
    private final Previews previews;
    private final CheckpointScoring scoring;
    private final ResultWeights weights;
    private final MeterRegistry meters;

    TrainingPhase(
            JobProgress progress,
            DurableWriter durable,
            TrainingSubjects subjects,
            Previews previews,
            CheckpointScoring scoring,
            ResultWeights weights,
            MeterRegistry meters) {
        this.progress = progress;
        this.durable = durable;
        this.subjects = subjects;
        this.previews = previews;
        this.scoring = scoring;
        this.weights = weights;
        this.meters = meters;
    }

    @Override
    public Phase phase() {
        return Phase.TRAINING;
    }

    @Override
    public void run(JobRun run) {
        int steps = run.job().spec().training().steps();
        weights.useStart(run);
        @Nullable ChosenCheckpoint chosen = run.chosen();
        if (chosen == null) {
            int last = train(run);
            scoring.score(run, last);
            boolean isLeft = scoring.scoreRaw(run, last, file -> weights.useOnly(run, file));
            chosen = scoring.choose(run, last);
            run.choose(chosen);
            if (chosen.step() == last && chosen.weights() != WeightsKind.RAW && !isLeft) {
                return;
            }
            run.pipeline().useBaseWeights();
            weights.useStart(run);
        } else {
            run.meter().begin(steps, steps);
        }
        weights.use(run, chosen);
    }

    /** @return the last training step */
    private int train(JobRun run) {
        int steps = run.job().spec().training().steps();
        Optional<Path> trained = weights.find(run, CheckpointKind.WEIGHTS, steps);
        if (trained.isPresent()) {
            run.meter().forecast().stepsFound(steps);
            run.meter().begin(steps, steps);
            run.pipeline().loadWeights(trained.get());
            return steps;
        }
        @Nullable Resumable resume = newestReadable(run);
        int done = resume == null ? 0 : resume.step();
        run.meter().forecast().stepsFound(done);
        run.meter().begin(done, steps);
        TrainingReport report = new TrainingReport(
                run,
                done,
                progress,
                durable,
                previews,
                scoring,
                stepTimer(run.job().spec().method()));
        TrainingSummary summary = run.pipeline().train(request(run, resume), report);
        if (summary.stepsRun() > 0) {
            run.trainedAt(summary.stepsPerSecond());
        }
        return summary.steps();
    }

    private Timer stepTimer(String method) {
        return Timer.builder("likeness.training.step")
                .description("Training steps")
                .tag("method", method)
                .register(meters);
    }

    private record Resumable(int step, Path file) {}

    /** If a checkpoint cannot be read, training resumes from the previous one. */
    private @Nullable Resumable newestReadable(JobRun run) {
        List<KeptCheckpoint> newestFirst = weights.kept(run, CheckpointKind.RESUME);
        for (KeptCheckpoint checkpoint : newestFirst) {
            try {
                return new Resumable(checkpoint.step(), weights.local(checkpoint));
            } catch (StorageException e) {
                if (checkpoint.equals(newestFirst.get(newestFirst.size() - 1))) {
                    throw e;
                }
                String message = "The checkpoint of step %d cannot be read. Training resumes from the previous one."
                        .formatted(checkpoint.step());
                durable.write(() -> progress.event(run.lease(), EventType.LOG, Map.of("message", message)));
            }
        }
        return null;
    }

    private TrainingRequest request(JobRun run, @Nullable Resumable resume) {
        LeasedJob job = run.job();
        JobSpec spec = job.spec();
        return new TrainingRequest(
                configured(job),
                subjects.of(run, prompts(job)),
                run.prior(),
                spec.training(),
                resume == null ? null : resume.file());
    }

    static Method configured(LeasedJob job) {
        JobSpec spec = job.spec();
        PromptWords words = new PromptWords(
                spec.placeholderToken(),
                job.classWord(),
                job.start().uploadedEmbeddings() == null ? null : job.uploadedWord(),
                job.start().identifier(),
                job.continuesMomentum());
        return spec.trainingMethod().configured(spec, words);
    }

    private static Prompts prompts(LeasedJob job) {
        JobSpec spec = job.spec();
        List<String> templates = spec.trainingMethod().prompts(spec, spec.instancePrompt());
        return new Prompts(
                templates.stream().map(job::expand).toList(),
                job.captions().stream()
                        .map(caption -> job.expand(caption.text()))
                        .toList(),
                spec.training().descriptiveWords(),
                spec.training().descriptiveWordProbability());
    }
}
