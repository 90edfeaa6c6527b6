package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.schedule.SchedulerConfig.Betas;
import java.util.Locale;

/**
 * The forward process q(x_t | x_0) = N(sqrt(alpha-bar_t) x_0, (1 - alpha-bar_t) I) of Ho et al. 2020
 * (arXiv:2006.11239), timesteps 0 to T - 1. Values are rounded to single precision where diffusers rounds them.
 */
public final class NoiseSchedule {

    /** fp16's smallest number, which diffusers uses instead of an alpha-bar of 0 when a solver divides by it. */
    static final float NEARLY_ZERO = 0x1p-24f;

    /** The noise level of {@link #NEARLY_ZERO}. */
    static final double PURE_NOISE = 4096;

    /** The limit of the SNR in kohya's debiased estimation. */
    private static final double MOST_SNR = 1000;

    private final float[] alphasCumprod;
    private final Prediction prediction;

    private NoiseSchedule(float[] alphasCumprod, Prediction prediction) {
        this.alphasCumprod = alphasCumprod;
        this.prediction = prediction;
    }

    /**
     * The schedule that a configuration describes.
     *
     * @throws IllegalArgumentException naming the betas' fields, unless alpha-bar decreases at every timestep, from
     *     below 1 to at least 0
     */
    public static NoiseSchedule of(SchedulerConfig config) {
        float[] betas = betas(config.betas());
        float[] alphasCumprod = alphasCumprod(config.betas().zeroTerminalSnr() ? rescaled(betas) : betas);
        requireFalling(alphasCumprod, config.betas());
        return new NoiseSchedule(alphasCumprod, config.prediction());
    }

    private static void requireFalling(float[] alphasCumprod, Betas betas) {
        float before = 1;
        for (int t = 0; t < alphasCumprod.length; t++) {
            float now = alphasCumprod[t];
            // Also true for NaN.
            if (!(now >= 0 && now < before)) {
                throw new IllegalArgumentException(
                        "beta_start %s, beta_end %s, beta_schedule %s and rescale_betas_zero_snr %s make no noise schedule of %d timesteps: alpha-bar must decrease at each, from below 1 to 0 or more, but goes from %s to %s at timestep %d"
                                .formatted(
                                        betas.start(),
                                        betas.end(),
                                        betas.schedule().name().toLowerCase(Locale.ROOT),
                                        betas.zeroTerminalSnr(),
                                        alphasCumprod.length,
                                        before,
                                        now,
                                        t));
            }
            before = now;
        }
    }

    private static float[] alphasCumprod(float[] betas) {
        float[] alphasCumprod = new float[betas.length];
        double product = 1;
        for (int t = 0; t < betas.length; t++) {
            product *= 1f - betas[t];
            alphasCumprod[t] = (float) product;
        }
        return alphasCumprod;
    }

    /**
     * Rescales betas so that the last timestep is pure noise: sqrt(alpha-bar) is shifted to end at 0, and scaled to
     * begin unchanged (Lin et al. 2023, arXiv:2305.08891, algorithm 1).
     */
    private static float[] rescaled(float[] betas) {
        float[] roots = alphasCumprod(betas);
        for (int t = 0; t < roots.length; t++) {
            roots[t] = (float) Math.sqrt(roots[t]);
        }
        float first = roots[0];
        float last = roots[roots.length - 1];
        float scale = first / (first - last);
        float[] rescaled = new float[betas.length];
        float before = 1;
        for (int t = 0; t < roots.length; t++) {
            float root = (roots[t] - last) * scale;
            float alphaCumprod = root * root;
            rescaled[t] = 1 - alphaCumprod / before;
            before = alphaCumprod;
        }
        return rescaled;
    }

    /** The same schedule for solvers that divide by alpha-bar: an alpha-bar of 0 at the last timestep becomes 2^-24. */
    NoiseSchedule aboveZero() {
        float[] above = alphasCumprod.clone();
        int last = above.length - 1;
        above[last] = Math.max(above[last], NEARLY_ZERO);
        return new NoiseSchedule(above, prediction);
    }

    private static float[] betas(Betas of) {
        int n = of.timesteps();
        return switch (of.schedule()) {
            case LINEAR -> linspace(of.start(), of.end(), n);
            case SCALED_LINEAR -> {
                float[] roots = linspace(Math.sqrt(of.start()), Math.sqrt(of.end()), n);
                for (int t = 0; t < n; t++) {
                    roots[t] *= roots[t];
                }
                yield roots;
            }
            case SQUAREDCOS_CAP_V2 -> {
                float[] betas = new float[n];
                for (int t = 0; t < n; t++) {
                    betas[t] = (float) Math.min(1 - cosine((t + 1.0) / n) / cosine((double) t / n), 0.999);
                }
                yield betas;
            }
        };
    }

    /** Alpha-bar of the cosine schedule at a time from 0 to 1. */
    private static double cosine(double time) {
        double c = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
        return c * c;
    }

    /** Evenly spaced numbers in single precision, counted from the nearer end, as in torch. */
    static float[] linspace(double from, double to, int n) {
        float[] values = new float[n];
        float step = ((float) to - (float) from) / (n - 1);
        for (int i = 0; i < n; i++) {
            values[i] = i < n / 2 ? (float) from + step * i : (float) to - step * (n - 1 - i);
        }
        return values;
    }

    /** Number of timesteps T. */
    public int timesteps() {
        return alphasCumprod.length;
    }

    /** The output of a network that was trained with this schedule. */
    public Prediction prediction() {
        return prediction;
    }

    /**
     * alpha-bar_t: the remaining share of the clean sample's variance, 1 to 0; exactly 0 only for zero terminal SNR.
     */
    public double alphaCumprod(int t) {
        return alphasCumprod[t];
    }

    /** sqrt(alpha-bar_t), the clean sample's factor. */
    public double alpha(int t) {
        return Math.sqrt(alphasCumprod[t]);
    }

    /** sqrt(1 - alpha-bar_t), the noise's factor. */
    public double sigma(int t) {
        return Math.sqrt(1 - (double) alphasCumprod[t]);
    }

    /**
     * sqrt((1 - alpha-bar_t) / alpha-bar_t) in single precision, the noise's factor where the clean sample's is 1; at most
     * {@value #PURE_NOISE}, for zero terminal SNR.
     */
    double noiseLevel(int t) {
        float alphaCumprod = alphasCumprod[t];
        // At 2^-24 the result is next to the middle of two numbers. diffusers gets the upper one, 4096.
        return alphaCumprod > NEARLY_ZERO ? (float) Math.sqrt((1 - alphaCumprod) / alphaCumprod) : PURE_NOISE;
    }

    /** Signal-to-noise ratio alpha-bar_t / (1 - alpha-bar_t). */
    public double snr(int t) {
        return alphasCumprod[t] / (1 - (double) alphasCumprod[t]);
    }

    /**
     * Min-SNR-gamma weight of the loss at a timestep (Hang et al. 2023, arXiv:2303.09556): min(SNR, gamma) / SNR, or
     * min(SNR, gamma) / (SNR + 1) if the target is the velocity.
     */
    public double minSnrWeight(int t, double gamma) {
        double snr = snr(t);
        return switch (prediction) {
            // The division is safe: SchedulerConfig refuses predictions of noise at zero terminal SNR.
            case EPSILON -> Math.min(snr, gamma) / snr;
            case V_PREDICTION -> Math.min(snr, gamma) / (snr + 1);
            case SAMPLE -> Math.min(snr, gamma);
        };
    }

    /**
     * The factor of debiased estimation at a timestep (Yu et al. 2023, arXiv:2310.08442), with the limit of the SNR
     * and the factor for velocities of kohya's scripts: 1 / sqrt(SNR), or 1 / (SNR + 1) if the target is the velocity. For the
     * clean sample it is the first one in terms of its error, sqrt(SNR).
     */
    public double debiasedWeight(int t) {
        double snr = Math.min(snr(t), MOST_SNR);
        return switch (prediction) {
            // The division is safe, as in min-SNR weighting.
            case EPSILON -> 1 / Math.sqrt(snr);
            case V_PREDICTION -> 1 / (snr + 1);
            case SAMPLE -> Math.sqrt(snr);
        };
    }

    /** x_t = sqrt(alpha-bar_t) x_0 + sqrt(1 - alpha-bar_t) epsilon, elementwise. */
    public float[] addNoise(float[] x0, float[] epsilon, int t) {
        double alpha = alpha(t);
        double sigma = sigma(t);
        return Elementwise.of(x0, epsilon, (x, e) -> alpha * x + sigma * e);
    }

    /** The network's training target for {@link #addNoise} with the same arguments, elementwise. */
    public float[] target(float[] x0, float[] epsilon, int t) {
        double alpha = alpha(t);
        double sigma = sigma(t);
        return Elementwise.of(x0, epsilon, (x, e) -> prediction.target(x, e, alpha, sigma));
    }
}
