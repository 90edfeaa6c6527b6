package dev.likeness.diffusion.schedule;

/** For solvers that add no noise. */
public final class NoNoise {

    /** Throws on use. */
    public static final NoiseSource SOURCE = (index, length) -> {
        throw new IllegalStateException("step " + index + " needs noise but was given no source");
    };

    private NoNoise() {}
}
