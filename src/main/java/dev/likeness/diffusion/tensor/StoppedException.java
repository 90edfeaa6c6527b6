package dev.likeness.diffusion.tensor;

/** A run ended because its listener asked it to. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoppedException() {
        super("stopped on request");
    }
}
