package dev.likeness.app.score;

import dev.likeness.diffusion.evaluation.Metric;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * How well a checkpoint is like the subject and follows prompts, in one number: its likeness gain, of at most 1, times a root of
 * the share of the untrained model's margin over other prompts that is left. The exponent and the tolerance were fitted to
 * labelled trainings of the bundled model: {@code src/docs/scores.md}.
 */
final class Balance {

    /** Share of the best value that counts as equal to it: of equal checkpoints the earliest has drifted least. */
    static final double EQUAL = 0.97;

    /** Weight of prompts relative to likeness, which varies less between checkpoints. */
    private static final double PROMPTS = 0.25;

    /** Share of a later checkpoint's detail gain below which a checkpoint is unfinished. */
    private static final double FINISHED = 0.9;

    /** So that likeness still decides between checkpoints that follow no prompt. */
    private static final double LEAST_LEFT = 1e-4;

    private final JudgedSteps judged;
    private final Metric likeness;

    /** @param likeness CLIP-I or DINO */
    Balance(JudgedSteps judged, Metric likeness) {
        this.judged = judged;
        this.likeness = likeness;
    }

    /**
     * Whether no later checkpoint shows clearly more of the pictures' detail, up to that of the pictures themselves: CLIP hardly
     * notices smeared details, so that unfinished checkpoints can equal finished ones. Without detail, every step is finished.
     *
     * @param among the steps to compare with
     */
    boolean isFinished(int step, Collection<Integer> among) {
        OptionalDouble gain = judged.likenessGain(Metric.DETAIL, step);
        return gain.isEmpty()
                || among.stream()
                        .filter(it -> it > step)
                        .map(it -> judged.likenessGain(Metric.DETAIL, it))
                        .noneMatch(later ->
                                later.isPresent() && gain.getAsDouble() < FINISHED * Math.min(1, later.getAsDouble()));
    }

    /**
     * The value of a step: 0 without likeness, 1 for the likeness of the real pictures with the untrained model's prompts.
     * Without a margin, likeness alone counts. Empty without a likeness gain.
     */
    OptionalDouble of(int step) {
        OptionalDouble gain = judged.likenessGain(likeness, step);
        if (gain.isEmpty()) {
            return gain;
        }
        double left = judged.left(Metric.CLIP_T_MARGIN, step).orElse(1);
        return OptionalDouble.of(Math.max(0, Math.min(1, gain.getAsDouble()))
                * Math.pow(Math.max(LEAST_LEFT, Math.min(1, left)), PROMPTS));
    }
}
