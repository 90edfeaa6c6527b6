package dev.likeness.diffusion.sampling;

/** Follows sampling, and can stop it. */
public interface GenerationListener {

    /**
     * Called after every sampler step.
     *
     * @param done calls of the denoiser so far, over all batches
     * @param total calls of the denoiser in all
     */
    void onStep(int done, int total);

    /** Called before every sampler step; true stops sampling. */
    boolean stopRequested();
}
