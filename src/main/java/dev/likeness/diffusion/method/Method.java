package dev.likeness.diffusion.method;

/** What learns. */
public sealed interface Method permits DreamBooth, Lora, TextualInversion {}
