package dev.likeness.diffusion.training;

import java.io.IOException;
import java.util.List;

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

    /**
     * Called before the first step where embeddings start from less than a word has.
     *
     * @param word they start from
     * @param tokens of the word, as the vocabulary spells them
     * @param used how many of them the embeddings start from
     */
    default void onCutWord(String word, List<String> tokens, int used) {}

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
