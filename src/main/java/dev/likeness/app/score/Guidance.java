package dev.likeness.app.score;

import dev.likeness.app.score.Advice.Severity;
import dev.likeness.app.score.ChosenCheckpoint.By;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.spec.PriorSpec;
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
 * Tells from the scores of a job's checkpoints what could be done better.
 *
 * <p>No threshold is a cosine: encoders spread differently. To OpenAI's CLIP any two pictures are alike by 0.6 or 0.7; to
 * the bundled model's, what it draws untrained is alike by 0.0 to 0.5, and real pictures of one subject are by 0.53 to
 * 0.75. So likeness counts as a share of the way from the untrained model to the real pictures, and what training may
 * spoil as a share of what the untrained model has; nothing is spoilt while the untrained model's figure is within the
 * interval.
 */
public final class Guidance {

    /** Share of the way that is as good as all of it: what is missing is less than other seeds make. */
    static final double NEAR = 0.9;

    /** Share of the way under which more training is worth it, and over which a checkpoint still has the subject. */
    static final double FAR = 0.75;

    /** Share of the way under which a subject is hardly to be recognised. */
    static final double HARDLY = 0.25;

    /** Share of the way by which CLIP-I goes on rising from one checkpoint to the next; less is noise. */
    static final double RISE = 0.05;

    /** Share of the way that an interval may span: with the bundled model and the default eight images it is less. */
    static final double WIDE = 0.4;

    /** Share of the way that the plain class may come nearer to the subject: below it, other seeds do as much. */
    static final double LEAK = 0.25;

    /** What has to be left of the untrained model's margin over other prompts; the default floor of the choice is a little lower. */
    static final double HEARD = 0.6;

    /** The same of CLIP-T, which stands in where there is no margin: with the subject's looks it falls in any case, and then some. */
    static final double HEARD_AT_ALL = 0.85;

    /** What has to be left of the class's variety. */
    static final double VARIETY = 0.75;

    /** A way in cosines that is too short to be divided by: the untrained model draws the subject as it is. */
    static final double SHORTEST_WAY = 0.02;

    private final JobSpec spec;
    private final JudgedSteps judged;
    private final ChosenCheckpoint chosen;
    private final int step;

    private Guidance(JobSpec spec, List<Score> scores, ChosenCheckpoint chosen) {
        this.spec = spec;
        this.judged = new JudgedSteps(scores);
        this.chosen = chosen;
        this.step = chosen.step();
    }

    /**
     * @param scores of the job
     * @param chosen the weights that are its result; null while it has none
     * @return nothing where nothing is to be said
     */
    public static List<Advice> of(JobSpec spec, List<Score> scores, @Nullable ChosenCheckpoint chosen) {
        if (chosen == null) {
            return List.of();
        }
        Guidance guidance = new Guidance(spec, scores, chosen);
        return Stream.of(
                        guidance.deafness(),
                        guidance.likeness(),
                        guidance.leak(),
                        guidance.variety(),
                        guidance.earlyPeak(),
                        guidance.uncertainty())
                .flatMap(Optional::stream)
                .collect(Collectors.collectingAndThen(Collectors.toCollection(ArrayList::new), said -> {
                    said.addAll(guidance.unmeasured());
                    return List.copyOf(said);
                }));
    }

    /** It no longer listens: with the subject learned by heart, or without even that. */
    private Optional<Advice> deafness() {
        if (listens(step)) {
            return Optional.empty();
        }
        Metric ear = ear();
        double way = judged.way(Metric.CLIP_I, step, SHORTEST_WAY).orElse(Double.NaN);
        Map<String, Number> figures = figures(Metric.CLIP_I, ear);
        String fell = "%s fell from %s to %s".formatted(name(ear), shown(ear, 0), shown(ear, step));
        if (Double.isNaN(way) || way < NEAR) {
            return Optional.of(new Advice(
                    "prompts_ignored",
                    Severity.WARNING,
                    "%s without CLIP-I coming near that of the real pictures: training broke more than it taught. Use a lower learning rate (now %s)."
                            .formatted(fell, rate()),
                    figures));
        }
        String message =
                "CLIP-I of %s is near the %s of the real pictures among themselves, but %s: images repeat the pictures instead of following prompts (overfit). Train fewer steps than %d, or with a lower learning rate (now %s)."
                        .formatted(shown(Metric.CLIP_I, step), reference(), fell, step, rate());
        Optional<Integer> earlier = earlierThatKeepsBoth();
        if (earlier.isPresent()) {
            int other = earlier.get();
            figures.put("earlier_step", other);
            message +=
                    " The checkpoint of step %d has both, with a CLIP-I of %s and %s of %s: POST /v1/jobs/{id}/checkpoints/%d/choose makes it the result without training again."
                            .formatted(other, shown(Metric.CLIP_I, other), name(ear), shown(ear, other), other);
        }
        return Optional.of(new Advice("overfit", Severity.WARNING, message, figures));
    }

    /** The last one of them: it knows the subject best. */
    private Optional<Integer> earlierThatKeepsBoth() {
        return judged.trained(Metric.CLIP_I).stream()
                .filter(it -> it < step)
                .filter(it -> judged.way(Metric.CLIP_I, it, SHORTEST_WAY).orElse(0) >= FAR)
                .filter(this::listens)
                .reduce((former, latter) -> latter);
    }

    /** What tells whether it listens: with one prompt alone there is no margin over others. */
    private Metric ear() {
        return judged.value(Metric.CLIP_T_MARGIN, step).isPresent() ? Metric.CLIP_T_MARGIN : Metric.CLIP_T;
    }

    private boolean listens(int step) {
        double share = ear() == Metric.CLIP_T ? HEARD_AT_ALL : HEARD;
        return judged.leftOfPossible(ear(), step).orElse(1) >= share || !judged.changed(ear(), step);
    }

    private Optional<Advice> likeness() {
        List<Integer> steps = judged.trained(Metric.CLIP_I);
        int last = steps.isEmpty() ? 0 : steps.get(steps.size() - 1);
        double end = judged.way(Metric.CLIP_I, last, SHORTEST_WAY).orElse(1);
        double before = steps.size() < 2
                ? 1
                : judged.way(Metric.CLIP_I, steps.get(steps.size() - 2), SHORTEST_WAY)
                        .orElse(1);
        if (end < FAR && end - before > RISE && listens(last)) {
            return Optional.of(new Advice(
                    "undertrained",
                    Severity.WARNING,
                    "CLIP-I was still rising at the last checkpoint, to %s at step %d, well below the %s of the real pictures among themselves. Train more steps than %d, or with a higher learning rate (now %s)."
                            .formatted(
                                    shown(Metric.CLIP_I, last),
                                    last,
                                    reference(),
                                    spec.training().steps(),
                                    rate()),
                    rise(steps)));
        }
        if (judged.way(Metric.CLIP_I, step, SHORTEST_WAY).orElse(1) < HARDLY) {
            return Optional.of(new Advice(
                    "unlike",
                    Severity.WARNING,
                    "The subject is hardly to be recognised: CLIP-I went from %s to %s, with %s among the real pictures. Train more steps than %d, or with another learning rate (now %s)."
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
        if (judged.way(Metric.PRES, step, SHORTEST_WAY).orElse(0) < LEAK || !judged.changed(Metric.PRES, step)) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "class_leak",
                Severity.WARNING,
                "PRES rose from %s to %s: the subject leaks into its class, other things of which begin to look like it. %s"
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
                "DIV fell from %s to %s: images of the plain class differ less than before training. %s"
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
        if (chosen.by() != By.SCORE || steps.size() < 2 || steps.get(0) != step || !listens(step)) {
            return Optional.empty();
        }
        return Optional.of(new Advice(
                "peaks_early",
                Severity.INFO,
                "The first of %d checkpoints, step %d, is the best: training peaks early. Train fewer steps than %d, or score more checkpoints (evaluation.checkpoints, now %d) to find the peak."
                        .formatted(
                                steps.size(),
                                step,
                                spec.training().steps(),
                                spec.evaluation().checkpoints()),
                Map.of("step", step, "first_step", step, "last_step", steps.get(steps.size() - 1))));
    }

    private Optional<Advice> uncertainty() {
        NewScore.@Nullable Interval interval =
                judged.score(Metric.CLIP_I, step).map(Score::interval).orElse(null);
        double way = judged.reference(Metric.CLIP_I, step).orElse(0)
                - judged.value(Metric.CLIP_I, 0).orElse(0);
        if (interval == null
                || judged.way(Metric.CLIP_I, step, SHORTEST_WAY).isEmpty()
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
                "CLIP-I of %s may as well be anything from %s to %s, as only %d images judge a checkpoint: differences smaller than that mean nothing. For finer ones draw more (evaluation.images_per_prompt, now %d)."
                        .formatted(
                                shown(Metric.CLIP_I, step),
                                number(interval.low()),
                                number(interval.high()),
                                spec.evaluation().images(),
                                spec.evaluation().imagesPerPrompt()),
                figures));
    }

    /** Those that are missing for the same reason at once. */
    private List<Advice> unmeasured() {
        Map<String, List<String>> metrics = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            judged.score(metric, step)
                    .map(Score::reason)
                    .ifPresent(reason -> metrics.computeIfAbsent(reason, it -> new ArrayList<>())
                            .add(name(metric)));
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

    private static String name(Metric metric) {
        return switch (metric) {
            case CLIP_I -> "CLIP-I";
            case CLIP_T -> "CLIP-T";
            case CLIP_T_MARGIN -> "CLIP-T's margin over other prompts";
            case DINO, PRES, DIV -> metric.name();
        };
    }
}
