package dev.likeness.diffusion.method;

/** Files that others can load. */
public enum ExportFormat {
    /** An adapter as diffusers saves it. */
    LORA_DIFFUSERS,
    /** An adapter as kohya's scripts save it. */
    LORA_KOHYA,
    /** Learned embeddings as diffusers saves them. */
    EMBEDDING_DIFFUSERS,
    /** Learned embeddings as the AUTOMATIC1111 web UI reads them. */
    EMBEDDING_A1111,
    /** A whole model as a folder in the diffusers layout, zipped. */
    MODEL_DIFFUSERS
}
