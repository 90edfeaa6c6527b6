package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.wire.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * The straight path between sample and noise, x_sigma = (1 - sigma) x_0 + sigma n (Liu et al. 2022, arXiv:2209.03003;
 * Lipman et al. 2022, arXiv:2210.02747, with sigma_min 0; both count from noise to sample). The denoiser predicts its
 * velocity dx/dsigma = n - x_0. A time is the noise level sigma, above 0 to 1. The denoiser's timestep is T * sigma.
 */
public final class RectifiedFlow implements NoiseProcess {

    private final FlowConfig config;
    private final FlowSettings settings;
    private final float[] sigmas;

    /**
     * @param config of the model's scheduler
     * @param settings of its family
     */
    public RectifiedFlow(FlowConfig config, FlowSettings settings) {
        this.config = config;
        this.settings = settings;
        sigmas = new float[config.timesteps()];
        for (int i = 0; i < sigmas.length; i++) {
            double level = (sigmas.length - i) / (float) sigmas.length;
            sigmas[i] = (float) FlowConfig.shift(level, config.trainingShift());
        }
    }

    /** The noise levels of training, from 1 down, in single precision. Without a dynamic shift they are shifted once. */
    public float[] trainSigmas() {
        return sigmas.clone();
    }

    /** A noise level of training from the family's density. */
    @Override
    public double drawTime(RandomDraws draws, int step, int index) {
        return sigmas[index(settings.density().draw(draws, step, index))];
    }

    /** The index of a noise level of training, from a place from 0 to 1. */
    int index(double place) {
        return Math.min((int) (place * sigmas.length), sigmas.length - 1);
    }

    @Override
    public float[] mix(float[] clean, float[] noise, double time) {
        return Elementwise.of(clean, noise, (x, n) -> (1 - time) * x + time * n);
    }

    /** The velocity, the same at all times: conditional flow matching (Lipman et al. 2022). */
    @Override
    public float[] target(float[] clean, float[] noise, double time) {
        return Elementwise.of(clean, noise, (x, n) -> n - x);
    }

    @Override
    public double timestep(double time) {
        return (float) time * config.timesteps();
    }

    /**
     * The family's weighting. With gamma, min-SNR weighting instead: min(SNR, gamma) is the weight of the clean
     * sample's squared error, which is sigma^2 times that of the velocity. SNR is ((1 - sigma) / sigma)^2.
     */
    @Override
    public double lossWeight(double time, @Nullable Double snrGamma) {
        if (snrGamma == null) {
            return settings.weighting().at(time);
        }
        double ratio = (1 - time) / time;
        return Math.min(ratio * ratio, snrGamma) * time * time;
    }

    @Override
    public double debiasedWeight(double time) {
        throw new IllegalArgumentException(
                "the model is a rectified flow, whose loss has a weighting of its own; debiased estimation is for models with betas");
    }

    @Override
    public int timesteps() {
        return config.timesteps();
    }

    @Override
    public double noiseLevel(double time) {
        return time / (1 - time);
    }

    @Override
    public NoiseProcess withZeroTerminalSnr() {
        throw new IllegalArgumentException(
                "the model is a rectified flow, which begins with pure noise in any case; zero terminal SNR is for models with betas");
    }

    /** Only {@link Sampler#EULER} integrates a flow. */
    @Override
    public Solver solver(Sampler sampler, int steps, double eta, long places) {
        if (sampler != Sampler.EULER) {
            throw new IllegalArgumentException(
                    "the model is a rectified flow, which only the sampler %s supports; choose %s"
                            .formatted(Sampler.EULER.wire(), Sampler.EULER.wire()));
        }
        if (steps < 1 || steps > config.timesteps()) {
            throw new IllegalArgumentException(
                    "%s of %s".formatted(Quantity.of(steps, "step"), Quantity.of(config.timesteps(), "timestep")));
        }
        return new FlowEulerSolver(grid(steps, (double) places / settings.placesPerToken()));
    }

    private SigmaGrid grid(int steps, double tokens) {
        double shift = config.samplingShift(tokens);
        double highest = sigmas[0];
        double lowest = settings.grid().lowest(sigmas[sigmas.length - 1], steps);
        double[] levels = new double[steps + 1];
        double[] timesteps = new double[steps];
        for (int i = 0; i < steps; i++) {
            double share = steps == 1 ? 0 : i / (steps - 1.0);
            levels[i] = (float) FlowConfig.shift(highest + share * (lowest - highest), shift);
            timesteps[i] = timestep(levels[i]);
        }
        return new SigmaGrid(timesteps, levels);
    }
}
