package dev.likeness.app.job;

import dev.likeness.diffusion.wire.Wire;

/** Which programs can load a file of a job. */
public enum ArtifactFormat implements Wire {
    DIFFUSERS,
    KOHYA,
    A1111,
    JSON,
    HTML
}
