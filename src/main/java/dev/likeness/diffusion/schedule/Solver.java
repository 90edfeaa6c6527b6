package dev.likeness.diffusion.schedule;

/**
 * One sampling run of one sample, of any size: which timesteps the network is asked at, and what becomes of its answers.
 * Steps are taken in order, each once; a solver that looks back keeps what it needs.
 */
public interface Solver {

    /** The timestep of every network call, first to last. More than the steps asked for where a solver calls twice. */
    double[] timesteps();

    /** Standard deviation of the noise a run starts from. */
    double initNoiseSigma();

    /** What the network is shown instead of the sample itself. */
    default float[] scaleInput(int index, float[] sample) {
        return sample;
    }

    /**
     * Goes one step.
     *
     * @param index into {@link #timesteps()}
     * @param output the network's, at {@code scaleInput(index, sample)}
     * @param sample x_t; not changed
     * @param noise asked only where the solver draws noise
     * @return the sample at the next timestep, as long as {@code sample}
     */
    float[] step(int index, float[] output, float[] sample, NoiseSource noise);
}
