package dev.likeness.diffusion.method;

/** Formats of trained weights that other programs load. */
public enum ExportFormat {
    /** An adapter as diffusers saves it. */
    LORA_DIFFUSERS,
    /** An adapter as kohya's scripts save it, with the embeddings that were trained with it. */
    LORA_KOHYA,
    /** Embeddings as diffusers saves them. */
    EMBEDDING_DIFFUSERS,
    /** Embeddings of a job that trains adapters too, as diffusers' advanced DreamBooth scripts save them beside the adapters. */
    EMBEDDING_BESIDE_LORA,
    /** Embeddings as the AUTOMATIC1111 web UI reads them. */
    EMBEDDING_A1111,
    /** A whole model as a folder in the diffusers layout, zipped. */
    MODEL_DIFFUSERS
}
