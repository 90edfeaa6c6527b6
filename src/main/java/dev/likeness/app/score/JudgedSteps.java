package dev.likeness.app.score;

import dev.likeness.diffusion.evaluation.Metric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Scores of a job's checkpoints: at most one for each metric and step. Step 0 is the untrained model. */
final class JudgedSteps {

    /** Smallest difference of cosines to divide by. Below it, the untrained model already generates the subject. */
    private static final double MIN_GAIN = 0.02;

    private final Map<Metric, SortedMap<Integer, Score>> scores = new EnumMap<>(Metric.class);

    /** @param all scores of a job; scores of other images, or of single prompts, are ignored */
    JudgedSteps(List<Score> all) {
        for (Score score : all) {
            if (score.images() == ImageSet.CHECKPOINT && score.subset() == null) {
                scores.computeIfAbsent(score.metric(), it -> new TreeMap<>()).put(score.step(), score);
            }
        }
    }

    Optional<Score> score(Metric metric, int step) {
        return Optional.ofNullable(of(metric).get(step));
    }

    OptionalDouble value(Metric metric, int step) {
        @Nullable Double value = score(metric, step).map(Score::value).orElse(null);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The same metric between the real pictures. */
    OptionalDouble reference(Metric metric, int step) {
        @Nullable Double reference = score(metric, step).map(Score::reference).orElse(null);
        return reference == null ? OptionalDouble.empty() : OptionalDouble.of(reference);
    }

    /** Steps with a value of a metric, in order, without step 0. */
    List<Integer> trained(Metric metric) {
        return of(metric).tailMap(1).entrySet().stream()
                .filter(it -> it.getValue().value() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The increase of a metric, relative to the difference between the untrained model (0) and the real pictures
     * compared with each other (1). Empty if these hardly differ.
     */
    OptionalDouble likenessGain(Metric metric, int step) {
        OptionalDouble here = value(metric, step);
        OptionalDouble whole = distance(metric, step);
        return here.isEmpty() || whole.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((here.getAsDouble() - value(metric, 0).orElseThrow()) / whole.getAsDouble());
    }

    /** From the untrained model's value to that of the real pictures. Empty if these hardly differ. */
    private OptionalDouble distance(Metric metric, int step) {
        OptionalDouble untrained = value(metric, 0);
        OptionalDouble reference = reference(metric, step);
        if (untrained.isEmpty() || reference.isEmpty()) {
            return OptionalDouble.empty();
        }
        double whole = reference.getAsDouble() - untrained.getAsDouble();
        return whole <= MIN_GAIN ? OptionalDouble.empty() : OptionalDouble.of(whole);
    }

    /** Whether the interval of a likeness gain reaches from below one value to another one or above it. */
    boolean spans(Metric metric, int step, double low, double high) {
        Score.@Nullable Interval interval =
                score(metric, step).map(Score::interval).orElse(null);
        OptionalDouble whole = distance(metric, step);
        if (interval == null || whole.isEmpty()) {
            return false;
        }
        double untrained = value(metric, 0).orElseThrow();
        return (interval.low() - untrained) / whole.getAsDouble() < low
                && (interval.high() - untrained) / whole.getAsDouble() >= high;
    }

    /** Whether the intervals of a metric of two steps overlap, so that it cannot tell these apart. */
    boolean overlap(Metric metric, int one, int other) {
        Score.@Nullable Interval first = score(metric, one).map(Score::interval).orElse(null);
        Score.@Nullable Interval second =
                score(metric, other).map(Score::interval).orElse(null);
        return first != null && second != null && first.low() <= second.high() && second.low() <= first.high();
    }

    /** Whether training has changed a value by more than other seeds and pictures would. True without an interval. */
    boolean changed(Metric metric, int step) {
        Score.@Nullable Interval interval =
                score(metric, step).map(Score::interval).orElse(null);
        OptionalDouble untrained = value(metric, 0);
        return interval == null
                || untrained.isEmpty()
                || untrained.getAsDouble() < interval.low()
                || untrained.getAsDouble() > interval.high();
    }

    /** The remaining share of the untrained model's value; empty unless that value is positive. */
    OptionalDouble left(Metric metric, int step) {
        return share(metric, step, value(metric, 0).orElse(0));
    }

    /** The same, or the share of the real pictures' value if that is smaller. */
    OptionalDouble leftOfPossible(Metric metric, int step) {
        double untrained = value(metric, 0).orElse(0);
        return share(metric, step, Math.min(untrained, reference(metric, step).orElse(untrained)));
    }

    private OptionalDouble share(Metric metric, int step, double whole) {
        OptionalDouble here = value(metric, step);
        return here.isEmpty() || whole <= 0 ? OptionalDouble.empty() : OptionalDouble.of(here.getAsDouble() / whole);
    }

    private SortedMap<Integer, Score> of(Metric metric) {
        return scores.getOrDefault(metric, new TreeMap<>());
    }
}
