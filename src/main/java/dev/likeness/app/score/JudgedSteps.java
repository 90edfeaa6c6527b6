package dev.likeness.app.score;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was measured of the images that judge a job's checkpoints: one score of each metric a step, 0 for the untrained model. */
final class JudgedSteps {

    private final Map<Metric, SortedMap<Integer, Score>> scores = new EnumMap<>(Metric.class);

    /** @param all of a job; what is of other images, or of single prompts, does not count */
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

    /** The same figure between the real pictures. */
    OptionalDouble reference(Metric metric, int step) {
        @Nullable Double reference = score(metric, step).map(Score::reference).orElse(null);
        return reference == null ? OptionalDouble.empty() : OptionalDouble.of(reference);
    }

    /** Steps after which the weights were judged by a metric, in order; not 0. */
    List<Integer> trained(Metric metric) {
        return of(metric).tailMap(1).entrySet().stream()
                .filter(it -> it.getValue().value() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * How much of the way from the untrained model to the real pictures a metric has gone: 0 is none of it, 1 all.
     *
     * @param least the way itself; empty if it is no longer than this, so that noise would decide
     */
    OptionalDouble way(Metric metric, int step, double least) {
        OptionalDouble untrained = value(metric, 0);
        OptionalDouble here = value(metric, step);
        OptionalDouble reference = reference(metric, step);
        if (untrained.isEmpty() || here.isEmpty() || reference.isEmpty()) {
            return OptionalDouble.empty();
        }
        double way = reference.getAsDouble() - untrained.getAsDouble();
        return way <= least
                ? OptionalDouble.empty()
                : OptionalDouble.of((here.getAsDouble() - untrained.getAsDouble()) / way);
    }

    /** Whether training has changed a figure by more than other seeds and pictures might have: where nobody knows, it has. */
    boolean changed(Metric metric, int step) {
        NewScore.@Nullable Interval interval =
                score(metric, step).map(Score::interval).orElse(null);
        OptionalDouble untrained = value(metric, 0);
        return interval == null
                || untrained.isEmpty()
                || untrained.getAsDouble() < interval.low()
                || untrained.getAsDouble() > interval.high();
    }

    /** What is left of the untrained model's figure; empty where that is not positive, as a share says nothing then. */
    OptionalDouble left(Metric metric, int step) {
        return share(metric, step, value(metric, 0).orElse(0));
    }

    /** The same, or of the real pictures' figure where that is less: nobody has to be better than they are. */
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
