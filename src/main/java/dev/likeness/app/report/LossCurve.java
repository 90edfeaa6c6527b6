package dev.likeness.app.report;

import dev.likeness.app.job.JobDiary.Measured;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * How training went.
 *
 * @param points by step, of many some
 * @param measured how many steps were measured
 */
public record LossCurve(List<Point> points, int measured) {

    /** More than a screen has pixels for. */
    static final int POINTS = 600;

    /** What a former point counts in the smoothed loss: the loss of one batch depends most on its random time steps. */
    private static final double MEMORY = 0.9;

    /** @param smoothedLoss exponential moving average */
    public record Point(int step, double loss, double smoothedLoss, double learningRate) {

        /** The learning rate to be read: four digits, without an exponent. */
        public String shownRate() {
            return new BigDecimal(learningRate)
                    .round(new MathContext(4))
                    .stripTrailingZeros()
                    .toPlainString();
        }
    }

    /** @param measured by step; what is not finite is left out */
    static LossCurve of(List<Measured> measured) {
        List<Point> all = new ArrayList<>();
        double sum = 0;
        double weight = 0;
        for (Measured each : measured) {
            if (Double.isFinite(each.loss())) {
                // Divided by the weights so far, or it would start at zero (Kingma and Ba 2015, section 3).
                sum = MEMORY * sum + (1 - MEMORY) * each.loss();
                weight = MEMORY * weight + 1 - MEMORY;
                all.add(new Point(each.step(), each.loss(), sum / weight, each.learningRate()));
            }
        }
        return new LossCurve(thinned(all, POINTS), all.size());
    }

    /** At most so many, evenly spaced, the first and the last among them. */
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
