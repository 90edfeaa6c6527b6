package dev.likeness.diffusion.training;

import java.io.IOException;
import java.util.List;

/** Follows a training run, keeps its checkpoints, and can stop it. */
public interface TrainingListener {

    /**
     * Called after every optimizer step.
     *
     * @param step 1 for the first one
     * @param total total number of steps
     * @param loss of this step
     * @param learningRate of this step
     */
    void onStep(int step, int total, double loss, double learningRate);

    /**
     * Called before the first step if embeddings start from a part of a word's tokens.
     *
     * @param word that they start from
     * @param tokens of the word, as in the vocabulary
     * @param used number of its tokens that are used
     */
    default void onCutWord(String word, List<String> tokens, int used) {}

    /** Called before every optimizer step. */
    Signal signal();

    /**
     * Saves a checkpoint. Called at intervals, and before stopping with {@link Signal#CHECKPOINT_AND_STOP}.
     *
     * @throws IOException if the checkpoint cannot be kept; the run then ends with an unchecked exception that wraps it
     */
    void onCheckpoint(Checkpoint checkpoint) throws IOException;

    /**
     * Called after the last step. A run with more steps resumes from this state as if it had never ended.
     *
     * @throws IOException if the state cannot be kept; the run then ends with an unchecked exception that wraps it
     */
    default void onFinalState(Checkpoint state) throws IOException {}

    /** What a run does next. */
    enum Signal {
        CONTINUE,
        /** The previous step was the last one. */
        FINISH,
        STOP,
        CHECKPOINT_AND_STOP
    }
}
