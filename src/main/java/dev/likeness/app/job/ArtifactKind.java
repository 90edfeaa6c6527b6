package dev.likeness.app.job;

import dev.likeness.diffusion.method.TrainedKind;
import java.util.Locale;

/** What a file of a job holds. */
public enum ArtifactKind {
    LORA,
    EMBEDDING,
    MODEL,
    CONFIG,
    REPORT;

    /** What a file of weights holds that a training method yields. */
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
