/**
 * Input and output pictures of the engine: Pillow's resampling, preprocessing, PNG files, contact sheets. Needs no
 * libtorch.
 */
@NullMarked
package dev.likeness.diffusion.data;

import org.jspecify.annotations.NullMarked;
