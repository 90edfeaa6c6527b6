package dev.likeness.app.score;

import dev.likeness.diffusion.wire.Wire;

/**
 * The checkpoint whose weights are a job's result.
 *
 * @param step training step of the weights
 * @param by who chose it
 * @param reason a sentence with the values behind the choice
 */
public record ChosenCheckpoint(int step, By by, String reason) {

    /** How the checkpoint was chosen. */
    public enum By implements Wire {
        /** It is the last one of the training. */
        LAST,
        /** It has the best score. */
        SCORE,
        /** A client chose it. */
        USER
    }
}
