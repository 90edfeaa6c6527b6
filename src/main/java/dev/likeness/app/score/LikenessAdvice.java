package dev.likeness.app.score;

import dev.likeness.app.score.Advice.Severity;
import dev.likeness.app.score.ChosenCheckpoint.By;
import dev.likeness.app.score.Verdict.Word;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.wire.Quantity;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Advice on how much like the subject the checkpoints are. */
final class LikenessAdvice {

    /** Verdicts on a likeness that has not been learned. */
    private static final Set<Word> LACKING = EnumSet.of(Word.PARTLY, Word.HARDLY);

    /** Rise of the likeness gain from one checkpoint to the next; a smaller one is noise. */
    private static final double RISE = 0.05;

    private final ResultScores result;
    private final JudgedSteps judged;
    private final int step;

    LikenessAdvice(ResultScores result) {
        this.result = result;
        this.judged = result.judged();
        this.step = result.step();
    }

    Optional<Advice> likeness() {
        List<Integer> steps = judged.trained(Metric.CLIP_I);
        int last = steps.isEmpty() ? 0 : steps.get(steps.size() - 1);
        if (result.word(Metric.CLIP_I, last).filter(LACKING::contains).isPresent()
                && rose(steps)
                && result.followsPrompt(last)) {
            return Optional.of(new Advice(
                    "undertrained",
                    Severity.WARNING,
                    "CLIP-I was still rising at the last checkpoint, to %s at step %d, well below the %s of the real pictures among themselves. Train more than %s, or use a higher learning rate (now %s)."
                            .formatted(
                                    result.shown(Metric.CLIP_I, last),
                                    last,
                                    result.reference(),
                                    Quantity.of(result.spec().training().steps(), "step"),
                                    result.rate()),
                    rise(steps)));
        }
        if (result.word(Metric.CLIP_I).filter(Word.HARDLY::equals).isPresent()) {
            return Optional.of(new Advice(
                    "unlike",
                    Severity.WARNING,
                    "The subject is hardly recognisable: CLIP-I changed from %s to %s, and the real pictures have %s among themselves. Train more than %s, or use another learning rate (now %s)."
                            .formatted(
                                    result.shown(Metric.CLIP_I, 0),
                                    result.shown(Metric.CLIP_I, step),
                                    result.reference(),
                                    Quantity.of(result.spec().training().steps(), "step"),
                                    result.rate()),
                    result.figures(Metric.CLIP_I)));
        }
        return Optional.empty();
    }

    /** CLIP sees the subject's colours and shape, but its details are smeared or distorted. */
    Optional<Advice> unfinished() {
        if (result.word(Metric.CLIP_I).filter(LACKING::contains).isPresent()
                || result.word(Metric.DETAIL).filter(LACKING::contains).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "unfinished",
                Severity.WARNING,
                "The images have the subject's colours, but only %s of the pictures' detail, of which the real pictures show %s among themselves. Its parts are smeared or distorted. Train more than %s; if training longer does not help, use another learning rate (now %s), or a higher rank for an adapter."
                        .formatted(
                                result.shown(Metric.DETAIL, step),
                                ResultScores.number(
                                        judged.reference(Metric.DETAIL, step).orElse(Double.NaN)),
                                Quantity.of(result.spec().training().steps(), "step"),
                                result.rate()),
                result.figures(Metric.CLIP_I, Metric.DETAIL)));
    }

    /** Whether likeness was still rising at the last of these steps. */
    private boolean rose(List<Integer> steps) {
        return steps.size() > 1
                && judged.likenessGain(Metric.CLIP_I, steps.get(steps.size() - 1))
                                        .orElse(1)
                                - judged.likenessGain(Metric.CLIP_I, steps.get(steps.size() - 2))
                                        .orElse(1)
                        > RISE;
    }

    private Map<String, Number> rise(List<Integer> steps) {
        Map<String, Number> figures = result.figures(Metric.CLIP_I);
        for (int each : steps.subList(steps.size() - 2, steps.size())) {
            judged.value(Metric.CLIP_I, each).ifPresent(it -> figures.put("clip_i_at_" + each, it));
        }
        return figures;
    }

    Optional<Advice> earlyPeak() {
        List<Integer> steps = judged.trained(Metric.CLIP_I);
        if (result.chosen().by() != By.SCORE
                || steps.size() < 2
                || steps.get(0) != step
                || !result.followsPrompt(step)) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "peaks_early",
                Severity.INFO,
                "The first of %d checkpoints, step %d, is the best: training peaks early. Train fewer than %d steps, or score more checkpoints (evaluation.checkpoints, now %d) to find the peak."
                        .formatted(
                                steps.size(),
                                step,
                                result.spec().training().steps(),
                                result.spec().evaluation().checkpoints()),
                Map.of("step", step, "first_step", step, "last_step", steps.get(steps.size() - 1))));
    }
}
