/** The autoencoder, AutoencoderKL. */
@NullMarked
package dev.likeness.diffusion.vae;

import org.jspecify.annotations.NullMarked;
