package dev.likeness.diffusion.method;

/**
 * All weights of the UNet (Ruiz et al. 2022, arXiv:2208.12242).
 *
 * @param textEncoder whether the text encoders learn too
 */
public record DreamBooth(boolean textEncoder) implements Method {}
