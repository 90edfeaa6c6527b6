package dev.likeness.app.worker.job;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.app.worker.task.DurableWriter;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.TrainingListener;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Listens to a training run: reports its progress, generates previews, scores and stores checkpoints, and asks whether
 * to continue.
 */
final class TrainingReport implements TrainingListener {

    private final JobRun run;
    private final JobProgress progress;
    private final DurableWriter durable;
    private final Previews previews;
    private final CheckpointScoring scoring;
    private final Timer steps;
    private final int done;
    private boolean begun;
    private boolean exhausted;
    private int lastStep;
    private long lastStepAt = System.nanoTime();

    /**
     * @param done steps of earlier attempts
     * @param steps measures the time of each step
     */
    TrainingReport(
            JobRun run,
            int done,
            JobProgress progress,
            DurableWriter durable,
            Previews previews,
            CheckpointScoring scoring,
            Timer steps) {
        this.run = run;
        this.lastStep = done;
        this.progress = progress;
        this.durable = durable;
        this.previews = previews;
        this.scoring = scoring;
        this.steps = steps;
        this.done = done;
        this.exhausted = scoring.isExhausted(run, done);
    }

    @Override
    public void onStep(int step, int total, double loss, double learningRate) {
        long now = System.nanoTime();
        run.meter().forecast().stepsTaken(step - lastStep, (now - lastStepAt) / 1e9);
        steps.record(now - lastStepAt, TimeUnit.NANOSECONDS);
        lastStep = step;
        if (run.meter().due(step)) {
            Map<String, Object> figures = Map.of("step", step, "loss", loss, "learning_rate", learningRate);
            durable.write(() -> {
                progress.event(run.lease(), EventType.METRIC, figures);
                run.meter().now(step);
            });
        }
        if (run.job().spec().previews().due(step, total)) {
            previews.generate(run, step);
        }
        if (run.job().spec().evaluation().due(step, total)) {
            scoring.scoreWhileTraining(run, step);
            exhausted = scoring.isExhausted(run, step);
        }
        if (step == total) {
            scoring.keepRaw(run, step);
        }
        lastStepAt = System.nanoTime();
    }

    @Override
    public void onCutWord(String word, List<String> tokens, int used) {
        if (done > 0) {
            // An earlier attempt has logged it already.
            return;
        }
        String spelled = tokens.stream().map(it -> it.replace("</w>", "")).collect(Collectors.joining(", "));
        String message = "\"%s\" has %d tokens (%s), but there %s: the embeddings start from its first %s"
                .formatted(
                        word,
                        tokens.size(),
                        spelled,
                        used == 1 ? "is only 1 vector" : "are only %d vectors".formatted(used),
                        used == 1 ? "token" : "%d tokens".formatted(used));
        durable.write(() -> progress.event(run.lease(), EventType.LOG, Map.of("message", message)));
    }

    @Override
    public Signal signal() {
        Signal asked = run.control().askInTraining();
        if (!begun && asked == Signal.CONTINUE) {
            begun = true;
            finishScoring();
            asked = run.control().askInTraining();
        }
        return exhausted && asked == Signal.CONTINUE ? Signal.FINISH : asked;
    }

    /** An earlier attempt may have ended between a step and its scores. */
    private void finishScoring() {
        if (done > 0
                && run.job()
                        .spec()
                        .evaluation()
                        .due(done, run.job().spec().training().steps())) {
            scoring.scoreWhileTraining(run, done);
            exhausted = scoring.isExhausted(run, done);
        }
    }

    /** A job without it is complete, so a failure to store it does not fail the job. */
    @Override
    public void onFinalState(Checkpoint state) {
        if (!durable.read(() -> progress.wantsState(run.lease(), state.step(), state.bytes()))) {
            return;
        }
        try {
            durable.tensors(state::writeTo, file -> progress.keepState(run.lease(), state.step(), file));
        } catch (StorageException e) {
            String why = String.valueOf(e.getMessage());
            durable.write(() -> progress.lackState(run.lease(), state.step(), state.bytes(), why));
        }
    }

    /** The same transaction removes older checkpoints, so there is always one. */
    @Override
    public void onCheckpoint(Checkpoint checkpoint) {
        durable.tensors(
                checkpoint::writeTo,
                file -> progress.keepCheckpoint(run.lease(), CheckpointKind.RESUME, checkpoint.step(), file));
    }
}
