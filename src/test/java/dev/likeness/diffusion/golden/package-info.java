/** Parity with the reference values: a folder of inputs and what diffusers and transformers made of them. */
@NullMarked
package dev.likeness.diffusion.golden;

import org.jspecify.annotations.NullMarked;
