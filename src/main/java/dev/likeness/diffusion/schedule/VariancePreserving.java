package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The noise of Ho et al. 2020 (arXiv:2006.11239), x_t = sqrt(alpha-bar_t) x_0 + sqrt(1 - alpha-bar_t) epsilon. A time
 * is a timestep, 0 to T - 1.
 */
public final class VariancePreserving implements NoiseProcess {

    /**
     * Samplers whose classes in diffusers have no zero terminal SNR. They combine outputs at both ends of a step, and the first step
     * begins at an infinite noise level.
     */
    private static final Set<Sampler> BELOW_PURE_NOISE = EnumSet.of(Sampler.PNDM, Sampler.LMS, Sampler.HEUN);

    private final SchedulerConfig config;
    private final NoiseSchedule schedule;

    /**
     * The noise that a configuration describes.
     *
     * @throws IllegalArgumentException as {@link NoiseSchedule#of}
     */
    public VariancePreserving(SchedulerConfig config) {
        this.config = config;
        schedule = NoiseSchedule.of(config);
    }

    /** All timesteps have the same probability. */
    @Override
    public double drawTime(RandomDraws draws, int step, int index) {
        return draws.below(schedule.timesteps(), Purpose.TIMESTEP, step, index);
    }

    @Override
    public float[] mix(float[] clean, float[] noise, double time) {
        return schedule.addNoise(clean, noise, (int) time);
    }

    @Override
    public float[] target(float[] clean, float[] noise, double time) {
        return schedule.target(clean, noise, (int) time);
    }

    @Override
    public double timestep(double time) {
        return time;
    }

    /** Without gamma 1. */
    @Override
    public double lossWeight(double time, @Nullable Double snrGamma) {
        return snrGamma == null ? 1 : schedule.minSnrWeight((int) time, snrGamma);
    }

    @Override
    public double debiasedWeight(double time) {
        return schedule.debiasedWeight((int) time);
    }

    @Override
    public int timesteps() {
        return schedule.timesteps();
    }

    @Override
    public double noiseLevel(double time) {
        return schedule.sigma((int) time) / schedule.alpha((int) time);
    }

    @Override
    public NoiseProcess withZeroTerminalSnr() {
        return new VariancePreserving(config.withZeroTerminalSnr());
    }

    /** The same times for images of every size. */
    @Override
    public Solver solver(Sampler sampler, int steps, double eta, long places) {
        return solver(config, sampler, steps, eta);
    }

    /**
     * A solver for one image.
     *
     * @param steps as in requests; a solver may call the network more often
     * @param eta eta of DDIM; other samplers ignore it
     * @throws IllegalArgumentException if the configuration needs an unsupported feature of this sampler, or has too
     *     few timesteps
     */
    public static Solver solver(SchedulerConfig config, Sampler sampler, int steps, double eta) {
        if (config.betas().zeroTerminalSnr() && BELOW_PURE_NOISE.contains(sampler)) {
            throw new IllegalArgumentException(
                    "it cannot begin with pure noise (zero terminal SNR), where its first step is not exact; choose one of "
                            + Arrays.stream(Sampler.values())
                                    .filter(it -> !BELOW_PURE_NOISE.contains(it))
                                    .map(Sampler::wire)
                                    .collect(Collectors.joining(", ")));
        }
        return switch (sampler) {
            case DDIM -> new DdimSolver(config, steps, eta);
            case PNDM -> new PndmSolver(config, steps);
            case DDPM -> new DdpmSolver(config, steps);
            case EULER -> new EulerSolver(config, steps);
            case EULER_KARRAS -> new EulerSolver(config.withKarrasSigmas(), steps);
            case EULER_ANCESTRAL -> new EulerAncestralSolver(config, steps);
            case DPMPP_2M -> new DpmSolver(config, steps, false);
            case DPMPP_2M_KARRAS -> new DpmSolver(config.withKarrasSigmas(), steps, false);
            case DPMPP_2M_SDE_KARRAS -> new DpmSolver(config.withKarrasSigmas(), steps, true);
            case UNIPC -> new UniPcSolver(config, steps);
            case LMS -> new LmsSolver(config, steps);
            case HEUN -> new HeunSolver(config, steps);
        };
    }
}
