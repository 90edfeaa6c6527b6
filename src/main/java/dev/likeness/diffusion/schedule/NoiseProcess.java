package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.Nullable;

/**
 * How clean samples become noise, from training to sampling. A time says how far a sample has come, in a unit of the
 * process's own, for instance whole timesteps of a schedule of betas.
 */
public interface NoiseProcess {

    /** Draws the time of one training example, a function of the arguments alone. */
    double drawTime(RandomDraws draws, int step, int index);

    /** The sample at a time: the clean one mixed with noise, elementwise. */
    float[] mix(float[] clean, float[] noise, double time);

    /** What the denoiser has to put out for {@link #mix} of the same arguments, elementwise. */
    float[] target(float[] clean, float[] noise, double time);

    /** The number that the denoiser is told of a time. */
    double timestep(double time);

    /**
     * What the squared error at a time counts in the loss.
     *
     * @param snrGamma min-SNR weighting (Hang et al. 2023, arXiv:2303.09556); null without
     */
    double lossWeight(double time, @Nullable Double snrGamma);

    /**
     * A solver for one image, with the times that it visits.
     *
     * @param steps as a request counts them; a solver may call the denoiser more often
     * @param eta DDIM's eta; other samplers do not have it
     * @throws IllegalArgumentException if the sampler does not go with the process, or not with so many steps
     */
    Solver solver(Sampler sampler, int steps, double eta);
}
