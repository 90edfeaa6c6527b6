package dev.likeness.diffusion.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The 2-norms of the gradients of the last steps. */
final class GradientNorms {

    /** The number of steps that are kept. */
    static final int KEPT = 20;

    /** The fewest steps that show a trend. */
    private static final int LEAST = 3;

    private static final int LATEST = 5;

    /** Single steps differ by this factor, because their timesteps do. Medians of stable training do not. */
    private static final double GROWTH = 2;

    private final Deque<Double> norms = new ArrayDeque<>();

    void add(double norm) {
        norms.addLast(norm);
        if (norms.size() > KEPT) {
            norms.removeFirst();
        }
    }

    List<Double> all() {
        return List.copyOf(norms);
    }

    /** Norms grew if the median of the latest, at most half of all, is above 0 and at least twice the median of the earlier ones. */
    static NanLoss.Trend trend(List<Double> norms) {
        if (norms.size() < LEAST) {
            return NanLoss.Trend.UNKNOWN;
        }
        int split = norms.size() - Math.min(LATEST, norms.size() / 2);
        double latest = median(norms.subList(split, norms.size()));
        return latest > 0 && latest >= GROWTH * median(norms.subList(0, split))
                ? NanLoss.Trend.GREW
                : NanLoss.Trend.STEADY;
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
