package dev.likeness.diffusion.schedule;

/** Where a solver's random numbers come from. */
@FunctionalInterface
public interface NoiseSource {

    /**
     * Standard normal numbers.
     *
     * @param index of the solver's step that asks; a step asks once at most
     * @param length how many
     */
    float[] draw(int index, int length);

    /** For solvers that draw none; fails when asked. */
    static NoiseSource none() {
        return (index, length) -> {
            throw new IllegalStateException("step " + index + " draws noise but was given no source");
        };
    }
}
