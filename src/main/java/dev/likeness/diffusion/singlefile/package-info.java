/**
 * Single-file checkpoints, with the key names of CompVis and Stability AI, turned into folders in the diffusers layout.
 * Needs no libtorch: the API process may load it.
 */
@NullMarked
package dev.likeness.diffusion.singlefile;

import org.jspecify.annotations.NullMarked;
