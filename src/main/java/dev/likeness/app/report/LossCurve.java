package dev.likeness.app.report;

import dev.likeness.app.job.JobLog.Measured;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of a training run.
 *
 * @param points by step, at most a fixed number
 * @param measured number of measured steps
 */
public record LossCurve(List<Point> points, int measured) {

    /** The most points, more than a screen has pixels. */
    static final int POINTS = 600;

    /**
     * The weight of earlier points in the smoothed loss. It is high because the loss of one batch depends mostly on its
     * random timesteps.
     */
    private static final double MEMORY = 0.9;

    /** @param smoothedLoss exponential moving average */
    public record Point(int step, double loss, double smoothedLoss, double learningRate) {

        /** The learning rate for display: four digits, without an exponent. */
        public String shownRate() {
            return new BigDecimal(learningRate)
                    .round(new MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    /** @param measured by step; values that are not finite are omitted */
    static LossCurve of(List<Measured> measured) {
        List<Point> all = new ArrayList<>();
        double sum = 0;
        double weight = 0;
        for (Measured each : measured) {
            if (Double.isFinite(each.loss())) {
                // Divided by the sum of weights so far, because it would start at zero otherwise (Kingma and Ba 2015,
                // section 3).
                sum = MEMORY * sum + (1 - MEMORY) * each.loss();
                weight = MEMORY * weight + 1 - MEMORY;
                all.add(new Point(each.step(), each.loss(), sum / weight, each.learningRate()));
            }
        }
        return new LossCurve(thinned(all, POINTS), all.size());
    }

    /** At most this number of points, evenly spaced, including the first and the last. */
    static <T> List<T> thinned(List<T> all, int most) {
        if (all.size() <= most) {
            return List.copyOf(all);
        }
        List<T> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
        }
        return some;
    }
}
