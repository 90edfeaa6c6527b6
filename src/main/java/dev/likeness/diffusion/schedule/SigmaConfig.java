package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.Nullable;

/**
 * The noise levels sigma = sqrt((1 - alpha-bar) / alpha-bar) of a run, for solvers that use them.
 *
 * @param karras whether the levels follow Karras et al. 2022 (arXiv:2206.00364), equation 5, instead of the timesteps
 * @param interpolation levels between whole timesteps, unless they are Karras's
 * @param last level at the end of the last step
 * @param min lowest of Karras's levels; null for the schedule's lowest
 * @param max highest of Karras's levels; null for the schedule's highest
 */
record SigmaConfig(
        boolean karras,
        Interpolation interpolation,
        Last last,
        @Nullable Double min,
        @Nullable Double max) {

    /** Ignores all fields of the file. */
    static final SigmaConfig DEFAULT = new SigmaConfig(false, Interpolation.LINEAR, Last.ZERO, null, null);

    enum Interpolation {
        /** The levels of the timesteps. */
        LINEAR,
        /** From the highest level to the lowest, evenly spaced in the logarithm. */
        LOG_LINEAR
    }

    enum Last {
        /** No noise. */
        ZERO,
        /** The level of timestep 0. */
        SIGMA_MIN
    }

    static SigmaConfig from(ConfigFields fields) {
        return new SigmaConfig(
                fields.flag("use_karras_sigmas", false),
                fields.choice(Interpolation.class, "interpolation_type", Interpolation.LINEAR),
                fields.choice(Last.class, "final_sigmas_type", Last.ZERO),
                fields.number("sigma_min"),
                fields.number("sigma_max"));
    }

    SigmaConfig withKarras() {
        return new SigmaConfig(true, interpolation, last, min, max);
    }

    /** For a solver that has the fields of Karras's levels and their range, but no others. */
    SigmaConfig onlyKarras() {
        return new SigmaConfig(karras, Interpolation.LINEAR, Last.ZERO, min, max);
    }

    /** For a solver that has Karras's levels over the whole range, but none of the other fields. */
    SigmaConfig onlyFullKarras() {
        return new SigmaConfig(karras, Interpolation.LINEAR, Last.ZERO, null, null);
    }
}
