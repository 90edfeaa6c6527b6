/**
 * Converts single-file checkpoints, with the key names of CompVis and Stability AI, to folders in the diffusers layout.
 * Needs no libtorch, so the API process may load it.
 */
@NullMarked
package dev.likeness.diffusion.singlefile;

import org.jspecify.annotations.NullMarked;
