package dev.likeness.diffusion.adapter;

import java.util.Locale;

/** The naming schemes of adapter files, by the program that writes them. */
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
