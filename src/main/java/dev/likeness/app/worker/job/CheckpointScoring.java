package dev.likeness.app.worker.job;

import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.score.CheckpointChoice;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.spec.ImagePlan;
import dev.likeness.app.worker.InWorker;
import dev.likeness.app.worker.image.ImageBatches;
import dev.likeness.app.worker.score.ScoredImages;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.tensor.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** Scores checkpoints: generates the job's evaluation images with their weights, scores them, and chooses the best. */
@InWorker
@Component
class CheckpointScoring {

    private final JobProgress progress;
    private final JobImageKeeper images;
    private final UntrainedImages untrained;
    private final DurableWriter durable;

    CheckpointScoring(JobProgress progress, JobImageKeeper images, UntrainedImages untrained, DurableWriter durable) {
        this.progress = progress;
        this.images = images;
        this.untrained = untrained;
        this.durable = durable;
    }

    /** How many images that score the untrained model an earlier attempt or another job has generated. */
    int findUntrained(JobRun run) {
        if (!isScored(run, 0)) {
            LeasedJob job = run.job();
            untrained.share(run, ImageRole.EVALUATION, job.spec().scoringPlan(), job::classPrompt);
            untrained.share(run, ImageRole.BEFORE, job.spec().classPlan(), job::classPrompt);
        }
        return images.present(run, ImageRole.EVALUATION, 0).size()
                + images.present(run, ImageRole.BEFORE, 0).size();
    }

    /**
     * Scores the untrained base model, which is in use, with class prompts.
     *
     * @param done images of the phase that already existed
     */
    void scoreUntrained(JobRun run, int done) {
        score(run, 0, run.batches(), done);
    }

    /** Stores the weights after a training step, and scores them, unless an earlier attempt has. */
    void score(JobRun run, int step) {
        if (durable.read(() -> progress.checkpoints(run.lease(), CheckpointKind.WEIGHTS)).stream()
                .noneMatch(it -> it.step() == step)) {
            durable.tensors(
                    run.pipeline()::saveWeights,
                    file -> progress.keepCheckpoint(run.lease(), CheckpointKind.WEIGHTS, step, file));
        }
        score(run, step, run.silentBatches(), 0);
    }

    /**
     * Like {@link #score(JobRun, int)}, between two steps of training. A stop of the run is not reported here: training stops
     * before its next step, and saves its state first.
     */
    void scoreWhileTraining(JobRun run, int step) {
        try {
            score(run, step);
        } catch (StoppedException ignored) {
            // Training checks for a stop before its next step.
        }
    }

    /** Whether training ends after a step because its scores no longer improve. */
    boolean isExhausted(JobRun run, int step) {
        return choice(run).isExhausted(step);
    }

    /** @param last the step that training ended with */
    ChosenCheckpoint choose(JobRun run, int last) {
        ChosenCheckpoint chosen = choice(run).choose(last);
        durable.write(() -> progress.choose(run.lease(), chosen));
        return chosen;
    }

    private CheckpointChoice choice(JobRun run) {
        return new CheckpointChoice(run.job().spec().evaluation(), durable.read(() -> progress.scores(run.lease())));
    }

    private void score(JobRun run, int step, ImageBatches batches, int done) {
        if (isScored(run, step)) {
            run.meter().forecast().imagesFound(run.job().spec().imagesPerScoring());
            return;
        }
        LeasedJob job = run.job();
        ImagePlan ofSubject = job.spec().scoringPlan();
        ImagePlan ofClass = job.spec().classPlan();
        UnaryOperator<String> prompt = step == 0 ? job::classPrompt : job::expand;
        ImageRole classRole = step == 0 ? ImageRole.BEFORE : ImageRole.CLASS;
        batches.generateTogether(
                List.of(
                        missing(run, ImageRole.EVALUATION, ofSubject, prompt, step),
                        missing(run, classRole, ofClass, job::classPrompt, step)),
                done);
        List<RgbImage> subject = images.load(run, ImageRole.EVALUATION, step);
        List<Score> scores = new ArrayList<>(run.scorer()
                .score(ScoredImages.ofSubject(
                        ImageSet.CHECKPOINT, step, subject, ofSubject.eachText(job::classPrompt), List.of())));
        scores.addAll(run.scorer().score(ScoredImages.ofClass(step, images.load(run, classRole, step))));
        durable.write(() -> progress.addScores(run.lease(), scores));
    }

    private boolean isScored(JobRun run, int step) {
        return durable.read(() -> progress.scores(run.lease())).stream()
                .anyMatch(it -> it.images() == ImageSet.CHECKPOINT && it.step() == step);
    }

    /** Images that score the weights of one step, except those that an earlier attempt has generated. */
    private ImageBatches.Series missing(
            JobRun run, ImageRole role, ImagePlan plan, UnaryOperator<String> prompt, int step) {
        Set<Integer> present = images.present(run, role, step);
        run.meter().forecast().imagesFound(present.size());
        return new ImageBatches.Series(plan, prompt, present, (position, image, seconds) -> {
            if (step == 0) {
                untrained.keep(run, role, plan, prompt, position, image);
            } else {
                images.keep(run, role, position, image, step);
            }
        });
    }
}
