package dev.likeness.app.worker.job;

import dev.likeness.app.job.LeasedJob;
import dev.likeness.app.score.ChosenCheckpoint;
import dev.likeness.app.score.WeightsKind;
import dev.likeness.app.task.Lease;
import dev.likeness.app.worker.image.ImageBatches;
import dev.likeness.app.worker.score.ScoreGaps;
import dev.likeness.app.worker.score.Scorer;
import dev.likeness.app.worker.task.ProgressMeter;
import dev.likeness.app.worker.task.TaskControl;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.pipeline.Pipeline;
import dev.likeness.diffusion.pipeline.TrainingRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A running job: the common state of its phases, and the results that one phase passes to the next. */
final class JobRun {

    private final LeasedJob job;
    private final Pipeline pipeline;
    private final List<RgbImage> pictures;
    private final TaskControl control;
    private final ProgressMeter meter;
    private final Scorer scorer;
    private TrainingRequest.@Nullable Prior prior;
    private @Nullable ChosenCheckpoint chosen;
    private @Nullable Double stepsPerSecond;

    JobRun(
            LeasedJob job,
            Pipeline pipeline,
            List<RgbImage> pictures,
            TaskControl control,
            ProgressMeter meter,
            ScoreGaps gaps) {
        this.job = job;
        this.pipeline = pipeline;
        this.pictures = pictures;
        this.control = control;
        this.meter = meter;
        this.scorer = new Scorer(pipeline, job.classWord(), pictures, control, gaps);
        this.chosen = job.chosen();
    }

    LeasedJob job() {
        return job;
    }

    Lease lease() {
        return job.lease();
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** The subject's pictures. */
    List<RgbImage> pictures() {
        return pictures;
    }

    TaskControl control() {
        return control;
    }

    ProgressMeter meter() {
        return meter;
    }

    ImageBatches batches() {
        return new ImageBatches(pipeline, control, meter, job.imagesAtOnce());
    }

    /** Batches that do not report progress. */
    ImageBatches silentBatches() {
        return new ImageBatches(pipeline, control, meter.silent(), job.imagesAtOnce());
    }

    /** Null without prior preservation. */
    TrainingRequest.@Nullable Prior prior() {
        return prior;
    }

    void usePrior(TrainingRequest.@Nullable Prior images) {
        prior = images;
    }

    Scorer scorer() {
        return scorer;
    }

    /** The resulting weights; null until training is over. */
    @Nullable
    ChosenCheckpoint chosen() {
        return chosen;
    }

    /** Training step of the resulting weights. */
    int resultStep() {
        return Objects.requireNonNull(chosen, "training is not over").step();
    }

    /** Of a training with an average, which weights are not the result; null without one. */
    @Nullable
    WeightsKind othersOfResult() {
        if (job.spec().training().average() == null) {
            return null;
        }
        return Objects.requireNonNull(chosen, "training is not over").weights() == WeightsKind.RAW
                ? WeightsKind.EMA
                : WeightsKind.RAW;
    }

    void choose(ChosenCheckpoint checkpoint) {
        chosen = checkpoint;
    }

    /** Null if this attempt trained no step. */
    @Nullable
    Double stepsPerSecond() {
        return stepsPerSecond;
    }

    void trainedAt(double stepsPerSecond) {
        this.stepsPerSecond = stepsPerSecond;
    }
}
