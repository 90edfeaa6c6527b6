package dev.likeness.diffusion.schedule;

/** Source of a solver's random numbers. */
@FunctionalInterface
public interface NoiseSource {

    /**
     * Standard normal numbers.
     *
     * @param index of the solver's step; each step draws at most once
     * @param length number of values
     */
    float[] draw(int index, int length);
}
