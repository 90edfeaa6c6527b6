package dev.likeness.app.job;

import dev.likeness.diffusion.method.TrainedKind;
import java.util.Locale;

/** The content of a job's file. */
public enum ArtifactKind {
    LORA,
    EMBEDDING,
    MODEL,
    CONFIG,
    REPORT;

    /** The kind of a weight file from a training method. */
    public static ArtifactKind of(TrainedKind trained) {
        return switch (trained) {
            case WEIGHTS -> MODEL;
            case ADAPTER -> LORA;
            case EMBEDDINGS -> EMBEDDING;
        };
    }

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
