/**
 * Stable Diffusion 1.x, 2.x and XL. They share a package because they have one UNet, one autoencoder and CLIP text
 * encoders in three arrangements.
 */
@NullMarked
package dev.likeness.diffusion.family.stablediffusion;

import org.jspecify.annotations.NullMarked;
