package dev.likeness.diffusion.data;

/**
 * The place of a picture that its training crop has in its middle, as far as the picture reaches.
 *
 * @param x pixels from the left
 * @param y pixels from the top
 */
public record Focus(double x, double y) {}
