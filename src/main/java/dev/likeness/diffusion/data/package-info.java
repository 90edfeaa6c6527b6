/** Pictures and prompts as the engine takes them: decoded pixels, Pillow's resampling, the latent cache. */
@NullMarked
package dev.likeness.diffusion.data;

import org.jspecify.annotations.NullMarked;
