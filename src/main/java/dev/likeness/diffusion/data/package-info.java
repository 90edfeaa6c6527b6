/** Pictures as the engine takes and gives them: Pillow's resampling, preprocessing, PNG files, contact sheets. No libtorch. */
@NullMarked
package dev.likeness.diffusion.data;

import org.jspecify.annotations.NullMarked;
