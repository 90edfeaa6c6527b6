package dev.likeness.diffusion.sampling;

/** Watches a sampling run and may stop it. */
public interface GenerationListener {

    /**
     * Called after every sampler step.
     *
     * @param done network steps done, over all batches
     * @param total network steps in all
     */
    void onStep(int done, int total);

    /** Asked before every sampler step. */
    boolean stopRequested();

    /** A listener that neither looks nor stops. */
    static GenerationListener none() {
        return new GenerationListener() {
            @Override
            public void onStep(int done, int total) {}

            @Override
            public boolean stopRequested() {
                return false;
            }
        };
    }
}
