package dev.likeness.app.score;

import dev.likeness.app.score.Advice.Severity;
import dev.likeness.app.score.Verdict.Word;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.Optional;

/** Advice on what training did to other things of the subject's class. */
final class ClassAdvice {

    private final ResultScores result;
    private final int step;

    ClassAdvice(ResultScores result) {
        this.result = result;
        this.step = result.step();
    }

    Optional<Advice> leak() {
        if (result.word(Metric.PRES).filter(Word.LEAKS::equals).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "class_leak",
                Severity.WARNING,
                "PRES rose from %s to %s. The subject leaks into its class: other things of the class begin to look like it. %s"
                        .formatted(result.shown(Metric.PRES, 0), result.shown(Metric.PRES, step), preserve()),
                result.figures(Metric.PRES)));
    }

    Optional<Advice> variety() {
        if (result.word(Metric.DIV).filter(Word.NARROW::equals).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "class_variety",
                Severity.WARNING,
                "DIV fell from %s to %s. Images of the plain class vary less than before training. %s"
                        .formatted(result.shown(Metric.DIV, 0), result.shown(Metric.DIV, step), preserve()),
                result.figures(Metric.DIV)));
    }

    private String preserve() {
        PriorSpec prior = result.spec().prior();
        if (prior.own() > 0) {
            return "Use a class set of more images (prior.images, now %d), or a higher prior weight (prior.weight, now %s)."
                    .formatted(prior.images(), ResultScores.number(prior.weight()));
        }
        return prior.enabled()
                ? "Use more prior images (prior.images, now %d) or a higher prior weight (prior.weight, now %s)."
                        .formatted(prior.images(), ResultScores.number(prior.weight()))
                : "Turn on prior preservation (prior.enabled).";
    }
}
