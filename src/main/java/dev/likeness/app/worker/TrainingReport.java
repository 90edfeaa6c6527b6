package dev.likeness.app.worker;

import dev.likeness.app.job.CheckpointKind;
import dev.likeness.app.job.EventType;
import dev.likeness.app.job.JobProgress;
import dev.likeness.diffusion.training.Checkpoint;
import dev.likeness.diffusion.training.TrainingListener;
import java.util.Map;
import java.util.function.IntConsumer;

/** Tells of a training run what a client wants to see, has previews drawn, keeps its checkpoints, and asks whether to go on. */
final class TrainingReport implements TrainingListener {

    private final JobRun run;
    private final JobProgress progress;
    private final Ledger ledger;
    private final IntConsumer previews;
    private int lastStep;
    private long lastStepAt = System.nanoTime();

    /**
     * @param done steps of earlier attempts
     * @param previews draws those of a step
     */
    TrainingReport(JobRun run, int done, JobProgress progress, Ledger ledger, IntConsumer previews) {
        this.run = run;
        this.lastStep = done;
        this.progress = progress;
        this.ledger = ledger;
        this.previews = previews;
    }

    @Override
    public void onStep(int step, int total, double loss, double learningRate) {
        long now = System.nanoTime();
        run.meter().forecast().stepsTaken(step - lastStep, (now - lastStepAt) / 1e9);
        lastStep = step;
        if (run.meter().due(step)) {
            Map<String, Object> figures = Map.of("step", step, "loss", loss, "learning_rate", learningRate);
            ledger.write(() -> {
                progress.event(run.lease(), EventType.METRIC, figures);
                run.meter().now(step);
            });
        }
        if (run.job().spec().previews().due(step, total)) {
            previews.accept(step);
        }
        lastStepAt = System.nanoTime();
    }

    @Override
    public Signal signal() {
        return run.control().askInTraining();
    }

    /** Former checkpoints go in the same transaction, so there is always one. */
    @Override
    public void onCheckpoint(Checkpoint checkpoint) {
        ledger.tensors(
                checkpoint::writeTo,
                file -> progress.keepCheckpoint(run.lease(), CheckpointKind.RESUME, checkpoint.step(), file));
    }
}
