package dev.likeness.app.score;

import dev.likeness.app.score.ChosenCheckpoint.By;
import dev.likeness.app.spec.KeptWeights;
import dev.likeness.app.spec.ScoringSpec;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.wire.Quantity;
import dev.likeness.diffusion.wire.Wire;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Selects the best of a job's checkpoints by its scores, and decides whether more training is worthwhile. */
public final class CheckpointChoice {

    private final ScoringSpec evaluation;
    private final Metric metric;
    private final JudgedSteps judged;
    private final Balance balance;
    private final SortedMap<Integer, Double> values;
    private final SortedMap<Integer, Double> promptFidelity;
    private final @Nullable Double floor;

    /** @param scores of the job, including those of the untrained model; only scores of checkpoints are used */
    public CheckpointChoice(ScoringSpec evaluation, List<Score> scores) {
        this.evaluation = evaluation;
        this.metric = Wire.named(Metric.class, evaluation.score());
        this.judged = new JudgedSteps(scores);
        this.balance = new Balance(judged, metric);
        this.values = byStep(scores, metric);
        this.promptFidelity = byStep(scores, Metric.CLIP_T_MARGIN);
        Double untrained = promptFidelity.get(0);
        // For a negative value, a share of it would be greater than the value.
        this.floor = untrained == null || untrained <= 0 || evaluation.promptFloor() == 0
                ? null
                : untrained * evaluation.promptFloor();
    }

    /** @param last the last training step */
    public ChosenCheckpoint choose(int last) {
        if (evaluation.keep() == KeptWeights.LAST) {
            return new ChosenCheckpoint(last, By.LAST, "the last step, because keep is last");
        }
        SortedMap<Integer, Double> trained = values.tailMap(1);
        if (trained.isEmpty()) {
            return new ChosenCheckpoint(
                    last, By.LAST, "the last step, because %s could not be measured".formatted(metric.wire()));
        }
        if (trained.size() == 1) {
            return new ChosenCheckpoint(last, By.LAST, "the only checkpoint that was scored");
        }
        return best(trained)
                .map(best -> chosen(best, trained))
                .orElseGet(() -> leastBad(trained, Objects.requireNonNull(floor)));
    }

    /**
     * Whether the number of checkpoints since the best one has reached the spec's patience.
     *
     * @param step current step; an earlier attempt may have scored later ones
     */
    public boolean isExhausted(int step) {
        SortedMap<Integer, Double> trained = values.subMap(1, step + 1);
        int patience = evaluation.patience();
        if (patience == 0 || trained.size() <= patience) {
            return false;
        }
        int best = best(trained).map(Map.Entry::getKey).orElse(0);
        return best > 0 && trained.keySet().stream().filter(it -> it > best).count() >= patience;
    }

    private Optional<Map.Entry<Integer, Double>> best(SortedMap<Integer, Double> trained) {
        SortedMap<Integer, Double> passing = new TreeMap<>(trained);
        passing.keySet().removeIf(it -> !passes(it));
        SortedMap<Integer, Double> balanced = balanced(passing);
        return balanced.isEmpty() ? highest(passing) : earliest(balanced);
    }

    private Optional<Map.Entry<Integer, Double>> highest(SortedMap<Integer, Double> values) {
        return values.entrySet().stream()
                // Of equal values the first one, because it has drifted least.
                .max(Map.Entry.<Integer, Double>comparingByValue(metric.direction()::compare)
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())));
    }

    /** The first of the best ones, with its score. */
    private Optional<Map.Entry<Integer, Double>> earliest(SortedMap<Integer, Double> balanced) {
        double best = Collections.max(balanced.values());
        return balanced.entrySet().stream()
                .filter(it -> it.getValue() >= Balance.EQUAL * best)
                .findFirst()
                .map(it -> Map.entry(it.getKey(), Objects.requireNonNull(values.get(it.getKey()))));
    }

    /** Likeness and prompts together, of the finished ones; empty for another metric, or if likeness cannot be judged. */
    private SortedMap<Integer, Double> balanced(SortedMap<Integer, Double> some) {
        SortedMap<Integer, Double> balanced = new TreeMap<>();
        if (metric.direction() == Metric.Direction.UP_TO_REFERENCE) {
            some.keySet().stream()
                    .filter(it -> balance.isFinished(it, some.keySet()))
                    .forEach(step -> balance.of(step).ifPresent(it -> balanced.put(step, it)));
        }
        return balanced;
    }

    private boolean passes(int step) {
        Double fidelity = promptFidelity.get(step);
        return floor == null || fidelity == null || fidelity >= floor;
    }

    private ChosenCheckpoint chosen(Map.Entry<Integer, Double> best, SortedMap<Integer, Double> trained) {
        if (metric.direction() == Metric.Direction.UP_TO_REFERENCE
                && balance.of(best.getKey()).isPresent()) {
            return chosenByBalance(best.getKey(), trained);
        }
        if (floor == null) {
            return byScore(
                    best.getKey(),
                    "its %s of %.3f is the %s of %s%s",
                    metric.wire(),
                    best.getValue(),
                    metric.direction().best(),
                    Quantity.of(trained.size(), "checkpoint"),
                    evaluation.promptFloor() == 0
                            ? ""
                            : "; prompt_floor was ignored, because the untrained model's clip_t_margin is not"
                                    + " above 0");
        }
        return byScore(
                best.getKey(),
                "its %s of %.3f is the %s among the checkpoints with a clip_t_margin of at least %.3f (%.2f"
                        + " of the untrained model's): %d of %s",
                metric.wire(),
                best.getValue(),
                metric.direction().best(),
                floor,
                evaluation.promptFloor(),
                trained.keySet().stream().filter(this::passes).count(),
                Quantity.of(trained.size(), "checkpoint"));
    }

    private ChosenCheckpoint chosenByBalance(int step, SortedMap<Integer, Double> trained) {
        String prompts = judged.left(Metric.CLIP_T_MARGIN, step).isPresent()
                ? format(
                        " with %.2f of the untrained model's clip_t_margin left",
                        judged.left(Metric.CLIP_T_MARGIN, step).orElseThrow())
                : "";
        String reason = format(
                "its %s of %.3f, a likeness gain of %.2f%s, is the best balance of %s%s",
                metric.wire(),
                judged.value(metric, step).orElseThrow(),
                judged.likenessGain(metric, step).orElseThrow(),
                prompts,
                Quantity.of(trained.size(), "checkpoint"),
                floor == null ? "" : format(" with a clip_t_margin of at least %.3f", floor));
        return new ChosenCheckpoint(
                step,
                By.SCORE,
                "%s%s; %s%s"
                        .formatted(
                                reason,
                                unfinished(trained),
                                TrainingVerdict.of(judged, metric, step).words(),
                                alike(step, trained)));
    }

    private String unfinished(SortedMap<Integer, Double> trained) {
        List<Integer> passing = trained.keySet().stream().filter(this::passes).toList();
        List<String> unfinished = passing.stream()
                .filter(it -> !balance.isFinished(it, passing))
                .map(String::valueOf)
                .toList();
        return unfinished.isEmpty()
                ? ""
                : " without step %s, because a later one shows more detail".formatted(String.join(", ", unfinished));
    }

    /** The checkpoints that differ from the chosen one by no more than other seeds could make them. */
    private String alike(int step, SortedMap<Integer, Double> trained) {
        List<String> alike = trained.keySet().stream()
                .filter(it -> it != step)
                .filter(it -> judged.overlap(metric, step, it)
                        && overlaps(Metric.CLIP_T_MARGIN, step, it)
                        && overlaps(Metric.DETAIL, step, it))
                .map(String::valueOf)
                .toList();
        return alike.isEmpty()
                ? ""
                : "; cannot tell it from step %s, because the intervals overlap".formatted(String.join(", ", alike));
    }

    private boolean overlaps(Metric other, int one, int two) {
        return judged.value(other, two).isEmpty() || judged.overlap(other, one, two);
    }

    /** No checkpoint follows the prompt well enough: the one that follows it best. */
    private ChosenCheckpoint leastBad(SortedMap<Integer, Double> trained, double floor) {
        Map.Entry<Integer, Double> most = promptFidelity.tailMap(1).entrySet().stream()
                .filter(it -> trained.containsKey(it.getKey()))
                .max(Map.Entry.<Integer, Double>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow();
        return byScore(
                most.getKey(),
                "no checkpoint has a clip_t_margin of at least %.3f (%.2f of the untrained model's); its %.3f is the highest",
                floor,
                evaluation.promptFloor(),
                most.getValue());
    }

    private static ChosenCheckpoint byScore(int step, String reason, Object... figures) {
        return new ChosenCheckpoint(step, By.SCORE, format(reason, figures));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static SortedMap<Integer, Double> byStep(List<Score> scores, Metric metric) {
        SortedMap<Integer, Double> values = new TreeMap<>();
        for (Score score : scores) {
            Double value = score.value();
            if (score.images() == ImageSet.CHECKPOINT
                    && score.metric() == metric
                    && score.subset() == null
                    && value != null) {
                values.put(score.step(), value);
            }
        }
        return values;
    }
}
