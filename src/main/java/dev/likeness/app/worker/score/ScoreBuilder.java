package dev.likeness.app.worker.score;

import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.app.score.Score.Outcome;
import dev.likeness.app.score.Score.Selection;
import dev.likeness.diffusion.evaluation.EncodedImages;
import dev.likeness.diffusion.evaluation.Measurement;
import dev.likeness.diffusion.evaluation.Metric;
import dev.likeness.diffusion.evaluation.Similarity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the scores of one set of images. */
final class ScoreBuilder {

    private final ScoredImages images;
    private final List<Score> scores = new ArrayList<>();

    ScoreBuilder(ScoredImages images) {
        this.images = images;
    }

    /** Measures all images together, and each subset if the metric is by prompt. */
    void measure(Metric metric, EncodedImages encoded) {
        metric.measure(encoded).ifPresent(it -> add(metric, it, null));
        if (metric.isByPrompt()) {
            for (String subset : images.differentSubsets()) {
                metric.measure(encoded.at(images.of(subset))).ifPresent(it -> add(metric, it, subset));
            }
        }
    }

    /** @param reason why no encoder can compute the metric */
    void missing(Metric metric, String reason) {
        if (!metric.isOptional()) {
            scores.add(Score.missing(images.set(), metric, reason, images.step()));
        }
    }

    List<Score> build() {
        return List.copyOf(scores);
    }

    private void add(Metric metric, Measurement measured, @Nullable String subset) {
        Similarity found = measured.similarity();
        scores.add(new Score(
                new Selection(images.set(), images.step(), subset),
                metric,
                new Outcome(
                        found.value(), null, found.n(), new Interval(found.low(), found.high()), measured.colours()),
                measured.encoder(),
                metric.pairing(),
                measured.reference()));
    }
}
