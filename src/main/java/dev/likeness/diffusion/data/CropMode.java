package dev.likeness.diffusion.data;

import dev.likeness.diffusion.wire.Wire;

/** The part of the resized picture that trains. */
public enum CropMode implements Wire {
    /** The middle. */
    CENTER,
    /** Another part for each use. */
    RANDOM,
    /** Around the largest face; the middle of a picture without one. */
    FACE,
    /** Around what stands out: {@link Saliency}. */
    SALIENCY
}
