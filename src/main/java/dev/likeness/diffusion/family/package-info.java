/**
 * The seam between code for all model families and the parts that each family implements: its denoiser, its
 * conditioning, its latents, and its noise.
 */
@NullMarked
package dev.likeness.diffusion.family;

import org.jspecify.annotations.NullMarked;
