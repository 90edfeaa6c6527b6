package dev.likeness.diffusion.model;

/**
 * What a model folder says of itself.
 *
 * @param family for instance {@code stable-diffusion-1}
 * @param hash SHA-256 over the folder's configuration and weight files, hexadecimal
 * @param resolution native picture size in pixels
 * @param sizeMultiple every picture side has to be a multiple of this many pixels
 */
public record ModelInfo(String family, String hash, int resolution, int sizeMultiple) {}
