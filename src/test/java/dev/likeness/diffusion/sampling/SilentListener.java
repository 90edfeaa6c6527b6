package dev.likeness.diffusion.sampling;

/** A listener that does nothing. */
public final class SilentListener implements GenerationListener {

    @Override
    public void onStep(int done, int total) {}

    @Override
    public boolean stopRequested() {
        return false;
    }
}
