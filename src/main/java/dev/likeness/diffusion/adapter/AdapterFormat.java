package dev.likeness.diffusion.adapter;

import dev.likeness.diffusion.wire.Wire;

/** The naming schemes of adapter files, by the program that writes them. */
public enum AdapterFormat implements Wire {
    DIFFUSERS,
    PEFT,
    KOHYA,
    A1111
}
