package dev.likeness.app.job;

import dev.likeness.diffusion.wire.Wire;

/** The format of an exported file: the convention of a program, or a general one. */
public enum ArtifactFormat implements Wire {
    DIFFUSERS,
    KOHYA,
    A1111,
    JSON,
    HTML
}
