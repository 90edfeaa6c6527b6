package dev.likeness.app.score;

import dev.likeness.app.score.Advice.Severity;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.wire.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Advice on scores that are uncertain or missing. */
final class MeasurementAdvice {

    /** Width of an interval, as a likeness gain. With the bundled model and the default eight images it is smaller. */
    private static final double WIDE = 0.4;

    private final ResultScores result;
    private final JudgedSteps judged;
    private final int step;

    MeasurementAdvice(ResultScores result) {
        this.result = result;
        this.judged = result.judged();
        this.step = result.step();
    }

    Optional<Advice> uncertainty() {
        Score.@Nullable Interval interval =
                judged.score(Metric.CLIP_I, step).map(Score::interval).orElse(null);
        double gap = judged.reference(Metric.CLIP_I, step).orElse(0)
                - judged.value(Metric.CLIP_I, 0).orElse(0);
        if (interval == null
                || judged.likenessGain(Metric.CLIP_I, step).isEmpty()
                || interval.high() - interval.low() <= WIDE * gap) {
            return Optional.empty();
        }
        Map<String, Number> figures = result.figures(Metric.CLIP_I);
        figures.put("interval_low", interval.low());
        figures.put("interval_high", interval.high());
        figures.put("images", result.spec().evaluation().images());
        return Optional.of(new Advice(
                "uncertain",
                Severity.INFO,
                "CLIP-I is %s, with a 95 %% interval from %s to %s, because each checkpoint is scored on only %s. Smaller differences between checkpoints are not significant. To see them, generate more images (evaluation.images_per_prompt, now %d)."
                        .formatted(
                                result.shown(Metric.CLIP_I, step),
                                ResultScores.number(interval.low()),
                                ResultScores.number(interval.high()),
                                Quantity.of(result.spec().evaluation().images(), "image"),
                                result.spec().evaluation().imagesPerPrompt()),
                figures));
    }

    /** One advice for all metrics that are missing for the same reason. */
    List<Advice> unmeasured() {
        Map<String, List<String>> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            judged.score(metric, step)
                    .map(Score::reason)
                    .ifPresent(reason -> metrics.computeIfAbsent(reason, it -> new ArrayList<>())
                            .add(metric.title()));
        }
        return metrics.entrySet().stream()
                .map(it -> new Advice(
                        "not_measured",
                        Severity.INFO,
                        "%s could not be measured: %s.".formatted(String.join(", ", it.getValue()), it.getKey()),
                        Map.of()))
                .toList();
    }
}
