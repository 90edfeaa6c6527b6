package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Which noise levels sigma = sqrt((1 - alpha-bar) / alpha-bar) a run visits, for solvers that go by those.
 *
 * @param karras whether they are spread as Karras et al. 2022 (arXiv:2206.00364), equation 5, instead of being those of
 *     the timesteps
 * @param interpolation levels between those of whole timesteps, when not Karras's
 * @param last level after the last step
 * @param min lowest of Karras's levels; null for the lowest there is
 * @param max highest of Karras's levels; null for the highest there is
 */
record SigmaConfig(
        boolean karras,
        Interpolation interpolation,
        Last last,
        @Nullable Double min,
        @Nullable Double max) {

    /** No field of the file has a say. */
    static final SigmaConfig DEFAULT = new SigmaConfig(false, Interpolation.LINEAR, Last.ZERO, null, null);

    enum Interpolation {
        /** The levels of the timesteps. */
        LINEAR,
        /** From the highest level to the lowest in equal steps of the logarithm. */
        LOG_LINEAR
    }

    enum Last {
        /** A clean sample. */
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

    /** For a solver that has the fields of Karras's levels and their range, but not the others. */
    SigmaConfig onlyKarras() {
        return new SigmaConfig(karras, Interpolation.LINEAR, Last.ZERO, min, max);
    }

    /** For a solver that has Karras's levels, always over the whole range, but none of the other fields. */
    SigmaConfig onlyFullKarras() {
        return new SigmaConfig(karras, Interpolation.LINEAR, Last.ZERO, null, null);
    }
}
