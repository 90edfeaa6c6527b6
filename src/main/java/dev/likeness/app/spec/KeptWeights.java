package dev.likeness.app.spec;

import dev.likeness.diffusion.wire.Wire;

/** The checkpoint whose weights are a job's result. */
public enum KeptWeights implements Wire {
    /** The one with the best score. */
    BEST,
    /** The last one of the training. */
    LAST
}
