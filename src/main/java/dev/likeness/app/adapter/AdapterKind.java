package dev.likeness.app.adapter;

import java.util.Locale;

/** What an adapter changes. */
public enum AdapterKind {
    /** Layers. */
    LORA,
    /** What a word means. */
    EMBEDDING;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
