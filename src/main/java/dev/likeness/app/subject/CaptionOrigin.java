package dev.likeness.app.subject;

import dev.likeness.diffusion.wire.Wire;

/** The source of a caption. */
public enum CaptionOrigin implements Wire {
    /** BLIP, as free text. */
    BLIP,
    /** A model's own CLIP, chosen from its lists. */
    CLIP,
    /** The user. */
    USER
}
