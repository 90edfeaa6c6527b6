/** Comparison with the reference values: a folder of inputs and the outputs of diffusers and transformers. */
@NullMarked
package dev.likeness.diffusion.golden;

import org.jspecify.annotations.NullMarked;
