/** Sampling of latents: classifier-free guidance and the sampling loop. */
@NullMarked
package dev.likeness.diffusion.sampling;

import org.jspecify.annotations.NullMarked;
