package dev.likeness.app.caption;

import dev.likeness.diffusion.wire.Wire;

/** How the tokens of a caption are chosen. */
public enum CaptionMode implements Wire {
    /** The most likely token each time. */
    GREEDY,
    /** Beam search: the most likely texts are continued side by side. */
    BEAM
}
