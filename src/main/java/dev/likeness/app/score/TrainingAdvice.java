package dev.likeness.app.score;

import dev.likeness.app.score.Advice.Severity;
import dev.likeness.app.score.ChosenCheckpoint.By;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.PriorSpec;
import dev.likeness.diffusion.evaluation.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Advice on training settings, from the scores of a job's checkpoints.
 *
 * <p>No threshold is a cosine, because the spread of cosines depends on the encoder. OpenAI's CLIP gives any two
 * pictures 0.6 to 0.7. The bundled model's encoder gives images of the untrained model 0.0 to 0.5, and real pictures of
 * one subject 0.53 to 0.75. So likeness is measured as a gain: 0 is the untrained model, 1 the real pictures compared
 * with each other. Losses are measured as a share of the untrained model's value. A value whose interval contains that
 * of the untrained model counts as unchanged.
 */
public final class TrainingAdvice {

    /** Likeness gain that counts as complete: other seeds make a larger difference than what is missing. */
    static final double CLOSE = 0.9;

    /** Likeness gain below which more training is worthwhile. A checkpoint above it has learned the subject. */
    static final double UNDERTRAINED = 0.75;

    /** Likeness gain below which the subject is hardly recognisable. */
    static final double UNRECOGNISABLE = 0.25;

    /** Rise of the likeness gain from one checkpoint to the next; a smaller one is noise. */
    static final double RISE = 0.05;

    /** Width of an interval, as a likeness gain. With the bundled model and the default eight images it is smaller. */
    static final double WIDE = 0.4;

    /** Likeness gain of images of the class; below it, other seeds make as large a difference. */
    static final double LEAK = 0.25;

    /**
     * Share of the untrained model's margin over other prompts that must remain. The choice of a checkpoint has a
     * slightly lower floor.
     */
    static final double MIN_MARGIN_KEPT = 0.6;

    /** Same for CLIP-T, used when there is no margin. CLIP-T always drops somewhat once the subject is learned. */
    static final double MIN_CLIP_T_KEPT = 0.85;

    /** Share of the variety of class images that must remain. */
    static final double VARIETY = 0.75;

    /** Smallest difference of cosines to divide by. Below it, the untrained model already generates the subject. */
    static final double MIN_GAIN = 0.02;

    private final JobSpec spec;
    private final JudgedSteps judged;
    private final ChosenCheckpoint chosen;
    private final int step;

    private TrainingAdvice(JobSpec spec, List<ScoreEntity> scores, ChosenCheckpoint chosen) {
        this.spec = spec;
        this.judged = new JudgedSteps(scores);
        this.chosen = chosen;
        this.step = chosen.step();
    }

    /**
     * @param scores of the job
     * @param chosen the checkpoint that is its result; null before the choice
     * @return empty if the scores suggest nothing
     */
    public static List<Advice> of(JobSpec spec, List<ScoreEntity> scores, @Nullable ChosenCheckpoint chosen) {
        if (chosen == null) {
            return List.of();
        }
        TrainingAdvice advice = new TrainingAdvice(spec, scores, chosen);
        return Stream.of(
                        advice.promptsIgnored(),
                        advice.likeness(),
                        advice.leak(),
                        advice.variety(),
                        advice.earlyPeak(),
                        advice.uncertainty())
                .flatMap(Optional::stream)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(ArrayList::new), said -> {
                    said.addAll(advice.unmeasured());
                    return List.copyOf(said);
                }));
    }

    /** Images no longer follow the prompt, whether or not the subject was learned. */
    private Optional<Advice> promptsIgnored() {
        if (followsPrompt(step)) {
            return Optional.empty();
        }
        Metric metric = promptMetric();
        double gain = judged.likenessGain(Metric.CLIP_I, step, MIN_GAIN).orElse(Double.NaN);
        Map<String, Number> figures = figures(Metric.CLIP_I, metric);
        String fell = "%s fell from %s to %s".formatted(metric.title(), shown(metric, 0), shown(metric, step));
        if (Double.isNaN(gain) || gain < CLOSE) {
            return Optional.of(new Advice(
                    "prompts_ignored",
                    Severity.WARNING,
                    "%s, but CLIP-I is still far from that of the real pictures. Training damaged the model more than it taught the subject. Use a lower learning rate (now %s)."
                            .formatted(fell, rate()),
                    figures));
        }
        String message =
                "CLIP-I of %s is near the %s of the real pictures among themselves, but %s. The images repeat the pictures instead of following prompts (overfitting). Train fewer than %d steps, or use a lower learning rate (now %s)."
                        .formatted(shown(Metric.CLIP_I, step), reference(), fell, step, rate());
        Optional<Integer> earlier = earlierThatKeepsBoth();
        if (earlier.isPresent()) {
            int other = earlier.get();
            figures.put("earlier_step", other);
            message +=
                    " The checkpoint of step %d is similar to the pictures (CLIP-I %s) and follows prompts (%s %s). POST /v1/jobs/{id}/checkpoints/%d/choose makes it the result without training again."
                            .formatted(other, shown(Metric.CLIP_I, other), metric.title(), shown(metric, other), other);
        }
        return Optional.of(new Advice("overfit", Severity.WARNING, message, figures));
    }

    /** The last such checkpoint: it is the closest to the subject. */
    private Optional<Integer> earlierThatKeepsBoth() {
        return judged.trained(Metric.CLIP_I).stream()
                .filter(it -> it < step)
                .filter(it -> judged.likenessGain(Metric.CLIP_I, it, MIN_GAIN).orElse(0) >= UNDERTRAINED)
                .filter(this::followsPrompt)
                .reduce((former, latter) -> latter);
    }

    /** The score that shows whether images follow their prompts. With a single prompt there is no margin over others. */
    private Metric promptMetric() {
        return judged.value(Metric.CLIP_T_MARGIN, step).isPresent() ? Metric.CLIP_T_MARGIN : Metric.CLIP_T;
    }

    private boolean followsPrompt(int step) {
        double share = promptMetric() == Metric.CLIP_T ? MIN_CLIP_T_KEPT : MIN_MARGIN_KEPT;
        return judged.leftOfPossible(promptMetric(), step).orElse(1) >= share || !judged.changed(promptMetric(), step);
    }

    private Optional<Advice> likeness() {
        List<Integer> steps = judged.trained(Metric.CLIP_I);
        int last = steps.isEmpty() ? 0 : steps.get(steps.size() - 1);
        double end = judged.likenessGain(Metric.CLIP_I, last, MIN_GAIN).orElse(1);
        double before = steps.size() < 2
                ? 1
                : judged.likenessGain(Metric.CLIP_I, steps.get(steps.size() - 2), MIN_GAIN)
                        .orElse(1);
        if (end < UNDERTRAINED && end - before > RISE && followsPrompt(last)) {
            return Optional.of(new Advice(
                    "undertrained",
                    Severity.WARNING,
                    "CLIP-I was still rising at the last checkpoint, to %s at step %d, well below the %s of the real pictures among themselves. Train more than %d steps, or use a higher learning rate (now %s)."
                            .formatted(
                                    shown(Metric.CLIP_I, last),
                                    last,
                                    reference(),
                                    spec.training().steps(),
                                    rate()),
                    rise(steps)));
        }
        if (judged.likenessGain(Metric.CLIP_I, step, MIN_GAIN).orElse(1) < UNRECOGNISABLE) {
            return Optional.of(new Advice(
                    "unlike",
                    Severity.WARNING,
                    "The subject is hardly recognisable: CLIP-I changed from %s to %s, and the real pictures have %s among themselves. Train more than %d steps, or use another learning rate (now %s)."
                            .formatted(
                                    shown(Metric.CLIP_I, 0),
                                    shown(Metric.CLIP_I, step),
                                    reference(),
                                    spec.training().steps(),
                                    rate()),
                    figures(Metric.CLIP_I)));
        }
        return Optional.empty();
    }

    private Map<String, Number> rise(List<Integer> steps) {
        Map<String, Number> figures = figures(Metric.CLIP_I);
        for (int each : steps.subList(steps.size() - 2, steps.size())) {
            judged.value(Metric.CLIP_I, each).ifPresent(it -> figures.put("clip_i_at_" + each, it));
        }
        return figures;
    }

    private Optional<Advice> leak() {
        if (judged.likenessGain(Metric.PRES, step, MIN_GAIN).orElse(0) < LEAK || !judged.changed(Metric.PRES, step)) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "class_leak",
                Severity.WARNING,
                "PRES rose from %s to %s. The subject leaks into its class: other things of the class begin to look like it. %s"
                        .formatted(shown(Metric.PRES, 0), shown(Metric.PRES, step), preserve()),
                figures(Metric.PRES)));
    }

    private Optional<Advice> variety() {
        if (judged.left(Metric.DIV, step).orElse(1) > VARIETY || !judged.changed(Metric.DIV, step)) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "class_variety",
                Severity.WARNING,
                "DIV fell from %s to %s. Images of the plain class vary less than before training. %s"
                        .formatted(shown(Metric.DIV, 0), shown(Metric.DIV, step), preserve()),
                figures(Metric.DIV)));
    }

    private String preserve() {
        PriorSpec prior = spec.prior();
        return prior.enabled()
                ? "Use more prior images (prior.images, now %d) or a higher prior weight (prior.weight, now %s)."
                        .formatted(prior.images(), number(prior.weight()))
                : "Turn on prior preservation (prior.enabled).";
    }

    private Optional<Advice> earlyPeak() {
        List<Integer> steps = judged.trained(Metric.CLIP_I);
        if (chosen.by() != By.SCORE || steps.size() < 2 || steps.get(0) != step || !followsPrompt(step)) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "peaks_early",
                Severity.INFO,
                "The first of %d checkpoints, step %d, is the best: training peaks early. Train fewer than %d steps, or score more checkpoints (evaluation.checkpoints, now %d) to find the peak."
                        .formatted(
                                steps.size(),
                                step,
                                spec.training().steps(),
                                spec.evaluation().checkpoints()),
                Map.of("step", step, "first_step", step, "last_step", steps.get(steps.size() - 1))));
    }

    private Optional<Advice> uncertainty() {
        Score.@Nullable Interval interval =
                judged.score(Metric.CLIP_I, step).map(ScoreEntity::interval).orElse(null);
        double way = judged.reference(Metric.CLIP_I, step).orElse(0)
                - judged.value(Metric.CLIP_I, 0).orElse(0);
        if (interval == null
                || judged.likenessGain(Metric.CLIP_I, step, MIN_GAIN).isEmpty()
                || interval.high() - interval.low() <= WIDE * way) {
            return Optional.empty();
        }
        Map<String, Number> figures = figures(Metric.CLIP_I);
        figures.put("interval_low", interval.low());
        figures.put("interval_high", interval.high());
        figures.put("images", spec.evaluation().images());
        return Optional.of(new Advice(
                "uncertain",
                Severity.INFO,
                "CLIP-I is %s, with a 95 %% interval from %s to %s, because each checkpoint is scored on only %d images. Smaller differences between checkpoints are not significant. To see them, generate more images (evaluation.images_per_prompt, now %d)."
                        .formatted(
                                shown(Metric.CLIP_I, step),
                                number(interval.low()),
                                number(interval.high()),
                                spec.evaluation().images(),
                                spec.evaluation().imagesPerPrompt()),
                figures));
    }

    /** One advice for all metrics that are missing for the same reason. */
    private List<Advice> unmeasured() {
        Map<String, List<String>> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            judged.score(metric, step)
                    .map(ScoreEntity::reason)
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

    private Map<String, Number> figures(Metric... metrics) {
        Map<String, Number> figures = new LinkedHashMap<>();
        figures.put("step", step);
        for (Metric metric : metrics) {
            judged.value(metric, 0).ifPresent(it -> figures.put(metric.wire() + "_untrained", it));
            judged.value(metric, step).ifPresent(it -> figures.put(metric.wire(), it));
            judged.reference(metric, step).ifPresent(it -> figures.put(metric.wire() + "_real", it));
        }
        return figures;
    }

    private String shown(Metric metric, int step) {
        return number(judged.value(metric, step).orElse(Double.NaN));
    }

    private String reference() {
        return number(judged.reference(Metric.CLIP_I, step).orElse(Double.NaN));
    }

    private String rate() {
        String schedule = spec.training().learningRateSchedule();
        return Character.isDigit(schedule.charAt(0))
                ? schedule
                : new BigDecimal(Double.toString(spec.training().learningRate()))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
