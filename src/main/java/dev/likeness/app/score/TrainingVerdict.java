package dev.likeness.app.score;

import dev.likeness.diffusion.evaluation.Metric;
import java.util.OptionalDouble;

/** What the scores of a checkpoint say about the training that led to it. */
enum TrainingVerdict {
    UNDERTRAINED("it looks undertrained"),
    GOOD("it looks good"),
    OVERFIT("it looks overfit"),
    CANNOT_TELL("its images are too few to tell whether it was trained enough");

    private final String words;

    TrainingVerdict(String words) {
        this.words = words;
    }

    /** A clause about the checkpoint. */
    String words() {
        return words;
    }

    /** @param likeness CLIP-I or DINO */
    static TrainingVerdict of(JudgedSteps judged, Metric likeness, int step) {
        OptionalDouble gain = judged.likenessGain(likeness, step);
        OptionalDouble left = judged.left(Metric.CLIP_T_MARGIN, step);
        if (gain.isEmpty()) {
            return CANNOT_TELL;
        }
        if (left.isPresent() && left.getAsDouble() < Verdicts.LESS && gain.getAsDouble() >= Verdicts.CLOSE) {
            return OVERFIT;
        }
        if (judged.spans(likeness, step, Verdicts.PARTLY, Verdicts.SAME)) {
            return CANNOT_TELL;
        }
        return gain.getAsDouble() >= Verdicts.SAME ? GOOD : UNDERTRAINED;
    }
}
