package dev.likeness.app.report;

import dev.likeness.app.score.ImageSet;
import dev.likeness.app.score.Score;
import dev.likeness.app.score.Score.Interval;
import dev.likeness.diffusion.evaluation.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric of every checkpoint.
 *
 * @param encoder that computed the embeddings
 * @param pairing which pictures were compared
 * @param reference the same figure between the real pictures
 * @param reason why nothing was measured; null if there are values
 */
public record ScoreCurve(
        String metric,
        @Nullable String encoder,
        @Nullable String pairing,
        @Nullable Double reference,
        @Nullable String reason,
        List<Point> points) {

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
        List<ScoreCurve> curves = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            curves.add(of(
                    metric,
                    scores.stream()
                            .filter(it ->
                                    it.images() == ImageSet.CHECKPOINT && it.metric() == metric && it.subset() == null)
                            .sorted(Comparator.comparing(Score::step))
                            .toList()));
        }
        return curves;
    }

    private static ScoreCurve of(Metric metric, List<Score> scores) {
        List<Point> points = new ArrayList<>();
        @Nullable Score measured = null;
        String reason = NOT_JUDGED;
        for (Score score : scores) {
            Double value = score.value();
            Interval interval = score.interval();
            if (value == null) {
                reason = String.valueOf(score.reason());
            } else {
                measured = score;
                points.add(new Point(
                        score.step(),
                        value,
                        interval == null ? null : interval.low(),
                        interval == null ? null : interval.high(),
                        score.n()));
            }
        }
        return measured == null
                ? new ScoreCurve(metric.wire(), null, null, null, reason, points)
                : new ScoreCurve(
                        metric.wire(), measured.encoder(), measured.pairing(), measured.reference(), null, points);
    }
}
