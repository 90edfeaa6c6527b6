package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.Nullable;

/**
 * How clean samples become noise, in training and sampling. A time is the progress of this process, in the process's
 * unit: whole timesteps of a schedule of betas, or the noise level of a flow.
 */
public interface NoiseProcess {

    /** Samples the time of one training example. The result depends only on the arguments. */
    double drawTime(RandomDraws draws, int step, int index);

    /** The noisy sample at a time: the clean sample mixed with noise, elementwise. */
    float[] mix(float[] clean, float[] noise, double time);

    /** The denoiser's training target for {@link #mix} with the same arguments, elementwise. */
    float[] target(float[] clean, float[] noise, double time);

    /** The denoiser's input for a time. */
    double timestep(double time);

    /**
     * The weight of the squared error at a time in the loss.
     *
     * @param snrGamma gamma of min-SNR weighting (Hang et al. 2023, arXiv:2303.09556), which replaces the process's
     *     own weighting; null for the latter
     */
    double lossWeight(double time, @Nullable Double snrGamma);

    /**
     * The factor of debiased estimation in the loss at a time (Yu et al. 2023, arXiv:2310.08442), for a squared error
     * of this process's target.
     *
     * @throws IllegalArgumentException if the process has no such factor
     */
    double debiasedWeight(double time);

    /** The number of the denoiser's timesteps, T. */
    int timesteps();

    /** The standard deviation of the noise at a time where the clean sample's factor is 1; infinite for pure noise. */
    double noiseLevel(double time);

    /**
     * The same process, but with pure noise at the last time, where sampling begins (Lin et al. 2023, arXiv:2305.08891).
     *
     * @throws IllegalArgumentException if the denoiser cannot learn from pure noise, or the process begins with it anyway
     */
    NoiseProcess withZeroTerminalSnr();

    /**
     * A solver for one image. It determines the times of the run.
     *
     * @param steps as in requests; a solver may call the denoiser more often
     * @param eta eta of DDIM; other samplers ignore it
     * @param places h * w of the latents; some processes visit noisier times for larger images
     * @throws IllegalArgumentException if the sampler does not support the process, or this number of steps
     */
    Solver solver(Sampler sampler, int steps, double eta, long places);
}
