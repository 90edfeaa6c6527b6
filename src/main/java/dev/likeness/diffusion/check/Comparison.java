package dev.likeness.diffusion.check;

import java.util.List;
import java.util.Optional;

/**
 * The results of an operation in fp64.
 *
 * @param values for each of its outcomes
 */
record Comparison(Operation operation, List<double[]> values) {

    /**
     * The largest difference from these values, as text.
     *
     * @param actual for each outcome
     * @param share permitted difference, see {@link Tolerance}
     * @param call number of the call, from 1
     */
    Optional<String> difference(List<double[]> actual, double share, int call) {
        String worst = null;
        double most = 1;
        for (int i = 0; i < values.size(); i++) {
            double allowed = Tolerance.allowed(
                    share, values.get(i), operation.cancels(operation.outcomes().get(i)));
            double off = distance(values.get(i), actual.get(i));
            if (off / allowed > most) {
                most = off / allowed;
                worst = operation.outcomes().get(i)
                        + (Double.isInfinite(off)
                                ? " is not finite, or has another shape,"
                                : " differs from fp64 by %.2g (allowed %.2g)".formatted(off, allowed));
            }
        }
        return Optional.ofNullable(worst).map(it -> "%s on call %d, with %s".formatted(it, call, operation.shapes()));
    }

    /** The largest difference of two values at one position; infinite if the shapes differ. */
    private static double distance(double[] expected, double[] actual) {
        if (expected.length != actual.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double off = Math.abs(expected[i] - actual[i]);
            largest = Math.max(largest, Double.isNaN(off) ? Double.POSITIVE_INFINITY : off);
        }
        return largest;
    }

    /**
     * The first value that differs from the known one, as text.
     *
     * @param marks for each outcome its {@linkplain Known#mark mark}
     */
    Optional<String> surprise(List<Double> marks) {
        for (int i = 0; i < values.size(); i++) {
            double sum = 1;
            for (double value : values.get(i)) {
                sum += Math.abs(value);
            }
            double mark = Known.mark(values.get(i));
            if (!(Math.abs(mark - marks.get(i)) <= Tolerance.SAME * sum)) {
                return Optional.of("%s differs from its known value (%.6g instead of %.6g in total), with %s"
                        .formatted(operation.outcomes().get(i), mark, marks.get(i), operation.shapes()));
            }
        }
        return Optional.empty();
    }
}
