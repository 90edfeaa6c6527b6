/**
 * Stable Diffusion 1.x, 2.x and XL: one UNet, one autoencoder and CLIP text encoders in three arrangements, which is why
 * they share a package.
 */
@NullMarked
package dev.likeness.diffusion.family.stablediffusion;

import org.jspecify.annotations.NullMarked;
