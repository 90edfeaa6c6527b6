package dev.likeness.diffusion.face;

import dev.likeness.diffusion.wire.Wire;

/** Which pictures the facial loss is of. */
public enum FacialLoss implements Wire {
    /** The region around the face, as a picture of its own. */
    CROP,
    /** The whole picture; the loss is masked to the face. */
    MASK
}
