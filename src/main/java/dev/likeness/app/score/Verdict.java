package dev.likeness.app.score;

import dev.likeness.diffusion.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint's score says about its weights.
 *
 * @param word the answer
 * @param against what the value was compared with
 * @param untrained the same metric of the untrained model
 * @param changed whether the untrained model's value is outside of the interval, or there is no interval
 * @param share against the real pictures, how much of the distance to them the value has covered, or of their value it
 *     reaches; against the untrained model, how much of its value is left. Null if that is not defined
 */
public record Verdict(
        Word word,
        Basis against,
        double untrained,
        boolean changed,
        @Nullable Double share) {

    /** Whether there is something to improve. */
    public Sign sign() {
        return word.sign;
    }

    /** Good or weak. */
    public enum Sign implements Wire {
        /** Nothing to improve. */
        GOOD,
        /** The result could be better. */
        WEAK
    }

    /** What a value is compared with. */
    public enum Basis implements Wire {
        /** The pictures of the subject. */
        REAL_PICTURES,
        /** The base model with the class prompt. */
        UNTRAINED_MODEL
    }

    /** An answer, from good to weak for each kind of metric. */
    public enum Word implements Wire {
        /** As alike as the real pictures are among themselves. */
        SAME(Sign.GOOD),
        /** Nearly as alike. */
        CLOSE(Sign.GOOD),
        /** Alike in part. */
        PARTLY(Sign.WEAK),
        /** Hardly recognisable. */
        HARDLY(Sign.WEAK),
        /** Shows prompts as the untrained model does. */
        KEPT(Sign.GOOD),
        /** Shows prompts less than the untrained model, and as well as the real pictures show their class. */
        REAL(Sign.GOOD),
        /** Shows prompts less. */
        LESS(Sign.WEAK),
        /** Shows prompts much less. */
        LOST(Sign.WEAK),
        /** The plain class does not look like the subject. */
        CLEAN(Sign.GOOD),
        /** The plain class begins to look like the subject. */
        LEAKS(Sign.WEAK),
        /** The plain class varies as before. */
        VARIED(Sign.GOOD),
        /** The plain class varies less. */
        NARROW(Sign.WEAK);

        private final Sign sign;

        Word(Sign sign) {
            this.sign = sign;
        }
    }
}
