package dev.likeness.diffusion.plan;

/** What a run trains, as far as memory is concerned. */
public enum Method {
    DREAMBOOTH,
    DREAMBOOTH_LORA,
    TEXTUAL_INVERSION,
    MOMENTUM_TEXTUAL_INVERSION;

    /** Whether only a few embeddings learn, through the frozen text encoder. */
    boolean inverts() {
        return this == TEXTUAL_INVERSION || this == MOMENTUM_TEXTUAL_INVERSION;
    }
}
