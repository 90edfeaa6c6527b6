package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.likeness.diffusion.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint whose weights are a job's result.
 *
 * @param step training step of the weights
 * @param by who chose it
 * @param reason a sentence with the values behind the choice
 * @param weights which weights of the step; null for a training that has raw ones only
 */
public record ChosenCheckpoint(
        int step,
        By by,
        String reason,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WeightsKind weights) {

    /** A checkpoint of a training that has raw weights only. */
    public ChosenCheckpoint(int step, By by, String reason) {
        this(step, by, reason, null);
    }

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
