package dev.likeness.app.job;

import java.util.Locale;

/** What a file of a job holds. */
public enum ArtifactKind {
    LORA,
    EMBEDDING,
    MODEL,
    CONFIG,
    REPORT;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
