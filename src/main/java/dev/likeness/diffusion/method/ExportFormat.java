package dev.likeness.diffusion.method;

/** Formats of trained weights that other programs load. */
public enum ExportFormat {
    /** An adapter as diffusers saves it. */
    LORA_DIFFUSERS,
    /** An adapter as kohya's scripts save it. */
    LORA_KOHYA,
    /** Embeddings as diffusers saves them. */
    EMBEDDING_DIFFUSERS,
    /** Embeddings as the AUTOMATIC1111 web UI reads them. */
    EMBEDDING_A1111,
    /** A whole model as a folder in the diffusers layout, zipped. */
    MODEL_DIFFUSERS
}
