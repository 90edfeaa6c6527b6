package dev.likeness.diffusion.schedule;

/**
 * One sampling run for one sample of any size: the timesteps of the network calls, and the updates of the sample. Steps
 * must be taken in order, each once. A multistep solver keeps the history that it needs.
 */
public interface Solver {

    /**
     * The timestep of every network call, first to last. Solvers with two calls per step have more timesteps than
     * steps.
     */
    double[] timesteps();

    /**
     * The noise level sigma of a network call: the standard deviation of the noise where the clean sample's factor is 1
     * (Karras et al. 2022, arXiv:2206.00364). That is sqrt((1 - alpha-bar) / alpha-bar), in single precision, or for a
     * rectified flow its level over 1 minus it. Pure noise has 4096, as in diffusers.
     *
     * @param index into {@link #timesteps()}
     */
    double noiseLevel(int index);

    /** Standard deviation of the initial noise. */
    double initNoiseSigma();

    /** Scales the sample for the network. */
    default float[] scaleInput(int index, float[] sample) {
        return sample;
    }

    /**
     * Takes one step.
     *
     * @param index into {@link #timesteps()}
     * @param output of the network for {@code scaleInput(index, sample)}
     * @param sample x_t; not changed
     * @param noise used only by solvers that add noise
     * @return the sample at the next timestep, of the same length as {@code sample}
     */
    float[] step(int index, float[] output, float[] sample, NoiseSource noise);
}
