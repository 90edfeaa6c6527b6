package dev.likeness.bench;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How measurements grow.
 *
 * @param exponent slope of the straight line through the logarithms, by least squares: 1 if twice the size takes twice as much
 * @param constant c of the c + a x^p whose relative errors have the smallest squares, with c and a of 0 or more; null if the
 *     measurements are {@linkplain #FLAT flat}, or grow only at the end, so that p would be {@value #LARGEST} or more
 * @param exponentAboveConstant that p; null where the constant is
 */
record PowerLaw(
        double exponent,
        @Nullable Double constant,
        @Nullable Double exponentAboveConstant) {

    /** Growth by less than this share over all sizes is lost among what the machine does besides. */
    private static final double FLAT = 0.1;

    private static final double STEP = 0.05;
    private static final double LARGEST = 4;

    /** @param c constant, and a factor of x^p; error the sum of squares */
    private record Sum(double c, double a, double p, double error) {}

    static PowerLaw fit(double[] x, double[] y) {
        double slope = slope(log(x), log(y));
        if (Arrays.stream(y).max().orElse(0)
                < (1 + FLAT) * Arrays.stream(y).min().orElse(0)) {
            return new PowerLaw(slope, null, null);
        }
        Sum best = new Sum(0, 0, 0, Double.POSITIVE_INFINITY);
        for (double p = STEP; p < LARGEST + STEP / 2; p += STEP) {
            Sum found = sum(x, y, p);
            best = found.error() < best.error() ? found : best;
        }
        boolean beyond = best.p() > LARGEST - STEP / 2;
        return beyond ? new PowerLaw(slope, null, null) : new PowerLaw(slope, best.c(), best.p());
    }

    private static double[] log(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }

    private static double slope(double[] x, double[] y) {
        double middleX = Arrays.stream(x).average().orElse(0);
        double middleY = Arrays.stream(y).average().orElse(0);
        double both = IntStream.range(0, x.length)
                .mapToDouble(i -> (x[i] - middleX) * (y[i] - middleY))
                .sum();
        return both
                / Arrays.stream(x).map(it -> (it - middleX) * (it - middleX)).sum();
    }

    /** The best c and a for one exponent. */
    private static Sum sum(double[] x, double[] y, double p) {
        // Each equation c + a x^p = y is divided by y.
        double[] u = Arrays.stream(y).map(it -> 1 / it).toArray();
        double[] v = IntStream.range(0, x.length)
                .mapToDouble(i -> Math.pow(x[i], p) / y[i])
                .toArray();
        double uu = dot(u, u);
        double uv = dot(u, v);
        double vv = dot(v, v);
        double u1 = Arrays.stream(u).sum();
        double v1 = Arrays.stream(v).sum();
        double determinant = uu * vv - uv * uv;
        double c = (u1 * vv - v1 * uv) / determinant;
        double a = (v1 * uu - u1 * uv) / determinant;
        if (!(c > 0)) {
            c = 0;
            a = v1 / vv;
        }
        double[] factors = {c, Math.max(0, a)};
        double error = IntStream.range(0, x.length)
                .mapToDouble(i -> Math.pow(factors[0] * u[i] + factors[1] * v[i] - 1, 2))
                .sum();
        return new Sum(c, factors[1], p, error);
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
