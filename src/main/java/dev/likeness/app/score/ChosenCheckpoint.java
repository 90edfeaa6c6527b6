package dev.likeness.app.score;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The checkpoint whose weights are a job's result.
 *
 * @param step training step of the weights
 * @param by who chose it
 * @param reason a sentence, with the figures it was chosen for
 */
public record ChosenCheckpoint(int step, By by, String reason) {

    /** Who chooses. */
    public enum By {
        /** It is the end of the training. */
        LAST,
        /** It has the best score. */
        SCORE,
        /** A client wanted it. */
        USER;

        /** The name in JSON. */
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
