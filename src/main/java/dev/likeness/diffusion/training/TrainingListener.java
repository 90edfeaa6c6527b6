package dev.likeness.diffusion.training;

import java.io.IOException;

/** Watches a training run, keeps its checkpoints, and may stop it. */
public interface TrainingListener {

    /**
     * Called after every optimizer step.
     *
     * @param step 1 for the first one
     * @param total steps in all
     * @param loss of this step
     * @param learningRate of this step
     */
    void onStep(int step, int total, double loss, double learningRate);

    /** Asked before every optimizer step. */
    Signal signal();

    /**
     * Keeps a checkpoint. Called at intervals, and before stopping with {@link Signal#CHECKPOINT_AND_STOP}.
     *
     * @throws IOException if it cannot be kept; the run ends with it, wrapped as an unchecked exception
     */
    void onCheckpoint(Checkpoint checkpoint) throws IOException;

    /** What a run is asked to do next. */
    enum Signal {
        CONTINUE,
        /** The step before was the last one. */
        FINISH,
        STOP,
        CHECKPOINT_AND_STOP
    }
}
