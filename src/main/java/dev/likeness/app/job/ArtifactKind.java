package dev.likeness.app.job;

import dev.likeness.diffusion.wire.Wire;

/** The content of a job's file. */
public enum ArtifactKind implements Wire {
    LORA,
    EMBEDDING,
    MODEL,
    CONFIG,
    REPORT
}
