package dev.likeness.app.worker.job;

import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.ImageRole;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.job.KeptCheckpoint;
import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.score.AveragedChoice;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

    /** The weights of checkpoints, and what scores them. */
    private enum Series {
        /** The weights that the training results in: an average, if there is one. */
        OF_RESULT(CheckpointKind.WEIGHTS, ImageSet.CHECKPOINT, ImageRole.EVALUATION, ImageRole.CLASS),
        /** What was trained itself, beside an average. */
        RAW(CheckpointKind.RAW_WEIGHTS, ImageSet.RAW_CHECKPOINT, ImageRole.RAW_EVALUATION, ImageRole.RAW_CLASS);

        private final CheckpointKind weights;
        private final ImageSet images;
        private final ImageRole ofSubject;
        private final ImageRole ofClass;

        Series(CheckpointKind weights, ImageSet images, ImageRole ofSubject, ImageRole ofClass) {
            this.weights = weights;
            this.images = images;
            this.ofSubject = ofSubject;
            this.ofClass = ofClass;
        }
    }

    /** How many images that score the untrained model an earlier attempt or another job has generated. */
    int findUntrained(JobRun run) {
        if (!isScored(run, Series.OF_RESULT, 0)) {
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
        score(run, Series.OF_RESULT, 0, run.batches(), done);
    }

    /** Stores the weights after a training step, and scores them, unless an earlier attempt has. */
    void score(JobRun run, int step) {
        keep(run, Series.OF_RESULT, step);
        score(run, Series.OF_RESULT, step, run.silentBatches(), 0);
    }

    /**
     * Scores the weights between two steps of training, and with an average both. A stop of the run is not reported here: training
     * stops before its next step, and saves its state first.
     */
    void scoreWhileTraining(JobRun run, int step) {
        try {
            score(run, step);
            if (averages(run)) {
                withRaw(run, () -> {
                    keep(run, Series.RAW, step);
                    score(run, Series.RAW, step, run.silentBatches(), 0);
                });
            }
        } catch (StoppedException ignored) {
            // Training checks for a stop before its next step.
        }
    }

    /** Stores the raw weights after a training step, whose average is stored later; without an average nothing. */
    void keepRaw(JobRun run, int step) {
        if (averages(run)) {
            withRaw(run, () -> keep(run, Series.RAW, step));
        }
    }

    /**
     * Scores the raw weights of a training that is over, unless an earlier attempt has.
     *
     * @param load makes a file's weights the only ones in use
     * @return whether weights were loaded
     */
    boolean scoreRaw(JobRun run, int step, Consumer<String> load) {
        Optional<KeptCheckpoint> raw = kept(run, Series.RAW, step);
        if (raw.isEmpty() || isScored(run, Series.RAW, step)) {
            return false;
        }
        load.accept(raw.get().fileSha256());
        score(run, Series.RAW, step, run.silentBatches(), 0);
        return true;
    }

    private static boolean averages(JobRun run) {
        return run.job().spec().training().average() != null;
    }

    private static void withRaw(JobRun run, Runnable work) {
        run.pipeline().useAverage(false);
        try {
            work.run();
        } finally {
            run.pipeline().useAverage(true);
        }
    }

    private Optional<KeptCheckpoint> kept(JobRun run, Series series, int step) {
        return durable.read(() -> progress.checkpoints(run.lease(), series.weights)).stream()
                .filter(it -> it.step() == step)
                .findFirst();
    }

    private void keep(JobRun run, Series series, int step) {
        if (kept(run, series, step).isEmpty()) {
            durable.tensors(
                    run.pipeline()::saveWeights,
                    file -> progress.keepCheckpoint(run.lease(), series.weights, step, file));
        }
    }

    /** Whether training ends after a step because its scores no longer improve. */
    boolean isExhausted(JobRun run, int step) {
        return choice(run).isExhausted(step);
    }

    /** @param last the step that training ended with */
    ChosenCheckpoint choose(JobRun run, int last) {
        ChosenCheckpoint chosen = averages(run)
                ? new AveragedChoice(run.job().spec().evaluation(), scores(run)).choose(last)
                : choice(run).choose(last);
        durable.write(() -> progress.choose(run.lease(), chosen));
        return chosen;
    }

    private CheckpointChoice choice(JobRun run) {
        return new CheckpointChoice(run.job().spec().evaluation(), scores(run));
    }

    private List<Score> scores(JobRun run) {
        return durable.read(() -> progress.scores(run.lease()));
    }

    private void score(JobRun run, Series series, int step, ImageBatches batches, int done) {
        if (isScored(run, series, step)) {
            run.meter().forecast().imagesFound(run.job().spec().imagesPerScoring());
            return;
        }
        LeasedJob job = run.job();
        ImagePlan ofSubject = job.spec().scoringPlan();
        ImagePlan ofClass = job.spec().classPlan();
        UnaryOperator<String> prompt = step == 0 ? job::classPrompt : job::expand;
        ImageRole classRole = step == 0 ? ImageRole.BEFORE : series.ofClass;
        batches.generateTogether(
                List.of(
                        missing(run, series.ofSubject, ofSubject, prompt, step),
                        missing(run, classRole, ofClass, job::classPrompt, step)),
                done);
        List<RgbImage> subject = images.load(run, series.ofSubject, step);
        List<Score> scores = new ArrayList<>(run.scorer()
                .score(ScoredImages.ofSubject(
                        series.images, step, subject, ofSubject.eachText(job::classPrompt), List.of())));
        scores.addAll(run.scorer().score(ScoredImages.ofClass(series.images, step, images.load(run, classRole, step))));
        durable.write(() -> progress.addScores(run.lease(), scores));
    }

    private boolean isScored(JobRun run, Series series, int step) {
        return scores(run).stream().anyMatch(it -> it.images() == series.images && it.step() == step);
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
