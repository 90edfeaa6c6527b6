package dev.likeness.app.report;

import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A metric of every checkpoint.
 *
 * @param encoder that computed the embeddings
 * @param pairing which pictures were compared
 * @param reference the same figure between the real pictures
 * @param reason why nothing was measured; null if there are values
 * @param raw the same of the raw weights of a training whose checkpoints are averages (EMA); empty without an average
 */
public record ScoreCurve(
        String metric,
        @Nullable String encoder,
        @Nullable String pairing,
        @Nullable Double reference,
        @Nullable String reason,
        List<Point> points,
        List<Point> raw) {

    private static final String NOT_JUDGED = "no checkpoint was scored with it";

    /**
     * @param step 0 is the untrained model
     * @param low of a 95 % interval
     * @param n number of pairs or images
     */
    public record Point(
            int step,
            double value,
            @Nullable Double low,
            @Nullable Double high,
            int n) {}

    /** All metrics, including those without values. */
    static List<ScoreCurve> of(List<Score> scores) {
        return Stream.of(Metric.values())
                .map(metric -> of(
                        metric,
                        ofAll(scores, ImageSet.CHECKPOINT, metric),
                        points(ofAll(scores, ImageSet.RAW_CHECKPOINT, metric))))
                .toList();
    }

    /** Over all prompts, by step. */
    private static List<Score> ofAll(List<Score> scores, ImageSet images, Metric metric) {
        return scores.stream()
                .filter(it -> it.images() == images && it.metric() == metric && it.subset() == null)
                .sorted(Comparator.comparing(Score::step))
                .toList();
    }

    private static ScoreCurve of(Metric metric, List<Score> scores, List<Point> raw) {
        List<Point> points = points(scores);
        if (points.isEmpty()) {
            String reason = scores.isEmpty()
                    ? NOT_JUDGED
                    : String.valueOf(scores.get(scores.size() - 1).reason());
            return new ScoreCurve(metric.wire(), null, null, null, reason, points, raw);
        }
        Score measured = scores.stream()
                .filter(it -> it.value() != null)
                .reduce((first, later) -> later)
                .orElseThrow();
        return new ScoreCurve(
                metric.wire(), measured.encoder(), measured.pairing(), measured.reference(), null, points, raw);
    }

    private static List<Point> points(List<Score> scores) {
        List<Point> points = new ArrayList<>();
        for (Score score : scores) {
            Double value = score.value();
            Interval interval = score.interval();
            if (value != null) {
                points.add(new Point(
                        score.step(),
                        value,
                        interval == null ? null : interval.low(),
                        interval == null ? null : interval.high(),
                        score.n()));
            }
        }
        return points;
    }
}
