package dev.likeness.diffusion.method;

import org.jspecify.annotations.Nullable;

/**
 * Embeddings of new tokens (Gal et al. 2022, arXiv:2208.01618).
 *
 * @param placeholder the new word, for instance {@code <sks>}
 * @param vectors how many tokens it stands for
 * @param initializer a word whose rows the new ones start from, cyclically; or {@code random} or {@code zero} in angle
 *     brackets. With momentum, and of a new word that was learned with momentum, its v_train
 * @param momentum null for plain textual inversion
 */
public record TextualInversion(
        String placeholder,
        int vectors,
        String initializer,
        @Nullable Momentum momentum) implements Method {

    /** Starts from 0.01 times standard normal numbers. */
    public static final String RANDOM = "<random>";

    /** Starts from zero. */
    public static final String ZERO = "<zero>";
}
