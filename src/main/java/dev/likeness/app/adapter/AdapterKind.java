package dev.likeness.app.adapter;

import java.util.Locale;

/** The kind of an adapter. */
public enum AdapterKind {
    /** LoRA: changes layers. */
    LORA,
    /** Embeddings: define words. */
    EMBEDDING;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
