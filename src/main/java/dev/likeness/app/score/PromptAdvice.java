package dev.likeness.app.score;

import dev.likeness.app.score.Advice.Severity;
import dev.likeness.app.score.Verdict.Word;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Advice on a result whose images no longer follow their prompts. */
final class PromptAdvice {

    /** Verdicts on a likeness that has been learned. */
    private static final Set<Word> LEARNED = EnumSet.of(Word.SAME, Word.CLOSE);

    private final ResultScores result;
    private final JudgedSteps judged;
    private final int step;

    PromptAdvice(ResultScores result) {
        this.result = result;
        this.judged = result.judged();
        this.step = result.step();
    }

    /** Images no longer follow the prompt, whether or not the subject was learned. */
    Optional<Advice> promptsIgnored() {
        if (result.followsPrompt(step)) {
            return Optional.empty();
        }
        Metric metric = result.promptMetric();
        Map<String, Number> figures = result.figures(Metric.CLIP_I, metric);
        String fell =
                "%s fell from %s to %s".formatted(metric.title(), result.shown(metric, 0), result.shown(metric, step));
        if (result.word(Metric.CLIP_I).filter(LEARNED::contains).isEmpty()) {
            return Optional.of(new Advice(
                    "prompts_ignored",
                    Severity.WARNING,
                    "%s, but CLIP-I is still far from that of the real pictures. Training damaged the model more than it taught the subject. Use a lower learning rate (now %s)."
                            .formatted(fell, result.rate()),
                    figures));
        }
        String message =
                "CLIP-I of %s is near the %s of the real pictures among themselves, but %s. The images repeat the pictures instead of following prompts (overfitting). Train fewer than %d steps, or use a lower learning rate (now %s)."
                        .formatted(result.shown(Metric.CLIP_I, step), result.reference(), fell, step, result.rate());
        Optional<Integer> earlier = earlierThatKeepsBoth();
        if (earlier.isPresent()) {
            int other = earlier.get();
            figures.put("earlier_step", other);
            message +=
                    " The checkpoint of step %d is similar to the pictures (CLIP-I %s) and follows prompts (%s %s). POST /v1/jobs/{id}/checkpoints/%d/choose makes it the result without training again."
                            .formatted(
                                    other,
                                    result.shown(Metric.CLIP_I, other),
                                    metric.title(),
                                    result.shown(metric, other),
                                    other);
        }
        return Optional.of(new Advice("overfit", Severity.WARNING, message, figures));
    }

    /** The last such checkpoint: it is the closest to the subject. */
    private Optional<Integer> earlierThatKeepsBoth() {
        return judged.trained(Metric.CLIP_I).stream()
                .filter(it -> it < step)
                .filter(it ->
                        result.word(Metric.CLIP_I, it).filter(LEARNED::contains).isPresent())
                .filter(result::followsPrompt)
                .reduce((former, latter) -> latter);
    }
}
