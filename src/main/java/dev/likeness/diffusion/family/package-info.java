/**
 * The seam between what all families of models have in common and what each brings itself: its denoiser, its
 * conditioning, its latents, and its noise.
 */
@NullMarked
package dev.likeness.diffusion.family;

import org.jspecify.annotations.NullMarked;
