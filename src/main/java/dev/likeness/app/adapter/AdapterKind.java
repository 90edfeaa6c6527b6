package dev.likeness.app.adapter;

import dev.likeness.diffusion.wire.Wire;

/** The kind of an adapter. */
public enum AdapterKind implements Wire {
    /** LoRA: changes layers. */
    LORA,
    /** Embeddings: define words. */
    EMBEDDING
}
