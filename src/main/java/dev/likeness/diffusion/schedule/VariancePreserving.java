package dev.likeness.diffusion.schedule;

import dev.likeness.diffusion.schedule.RandomDraws.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * The noise of Ho et al. 2020 (arXiv:2006.11239), x_t = sqrt(alpha-bar_t) x_0 + sqrt(1 - alpha-bar_t) epsilon. A time
 * is a timestep, 0 to T - 1.
 */
public final class VariancePreserving implements NoiseProcess {

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

    @Override
    public double lossWeight(double time, @Nullable Double snrGamma) {
        return snrGamma == null ? 1 : schedule.minSnrWeight((int) time, snrGamma);
    }

    /** The same times for images of every size. */
    @Override
    public Solver solver(Sampler sampler, int steps, double eta, long places) {
        return sampler.solver(config, steps, eta);
    }
}
