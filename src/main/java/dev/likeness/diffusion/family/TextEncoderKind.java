package dev.likeness.diffusion.family;

/** The kinds of text encoders. */
public enum TextEncoderKind {
    /** CLIP's. It can learn tokens, and adapters can change it. */
    CLIP
}
