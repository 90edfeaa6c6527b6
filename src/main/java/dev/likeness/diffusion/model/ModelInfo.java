package dev.likeness.diffusion.model;

/**
 * Facts about a base model, read from its folder.
 *
 * @param family for instance {@code stable-diffusion-1}
 * @param hash SHA-256 over the folder's configuration and weight files, hexadecimal
 * @param resolution native image side in pixels
 * @param sizeMultiple image sides are multiples of this many pixels
 */
public record ModelInfo(String family, String hash, int resolution, int sizeMultiple) {}
