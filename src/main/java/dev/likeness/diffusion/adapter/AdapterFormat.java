package dev.likeness.diffusion.adapter;

import java.util.Locale;

/** Whose names the tensors of an adapter file have. */
public enum AdapterFormat {
    DIFFUSERS,
    PEFT,
    KOHYA,
    A1111;

    /** The name on the wire. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
