/** The denoising network, UNet2DConditionModel. */
@NullMarked
package dev.likeness.diffusion.unet;

import org.jspecify.annotations.NullMarked;
