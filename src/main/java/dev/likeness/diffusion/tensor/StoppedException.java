package dev.likeness.diffusion.tensor;

/** The listener of a run has requested its end. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoppedException() {
        super("stopped on request");
    }
}
