package dev.likeness.app.score;

import dev.likeness.diffusion.evaluation.Metric;
import java.util.OptionalDouble;

/** What the scores of a checkpoint say about the training that led to it. */
enum TrainingVerdict {
    UNDERTRAINED("it looks undertrained"),
    /** The subject is smeared, because it was trained too little, or distorted, because its rate is too high or its rank too low. */
    UNFINISHED("it shows too little of the pictures' detail"),
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
        OptionalDouble detail = judged.likenessGain(Metric.DETAIL, step);
        if (detail.isPresent() && detail.getAsDouble() < Verdicts.CLOSE) {
            return gain.getAsDouble() < Verdicts.CLOSE ? UNDERTRAINED : UNFINISHED;
        }
        if (judged.spans(likeness, step, Verdicts.PARTLY, Verdicts.SAME)) {
            return CANNOT_TELL;
        }
        // Colours alone can reach a likeness of 0.75, so that without detail more is needed.
        return gain.getAsDouble() >= (detail.isPresent() ? Verdicts.CLOSE : Verdicts.SAME) ? GOOD : UNDERTRAINED;
    }
}
