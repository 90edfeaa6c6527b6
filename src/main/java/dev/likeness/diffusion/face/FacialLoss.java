package dev.likeness.diffusion.face;

import dev.likeness.diffusion.wire.Wire;

/** The picture that the facial loss is computed on. */
public enum FacialLoss implements Wire {
    /** A resized crop of the face with its margin. */
    CROP,
    /** The whole training picture, with a mask: only positions in the face count. */
    MASK
}
