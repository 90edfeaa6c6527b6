/** Checks whether models can be used. Loads no libtorch, and reads no weights. */
@NullMarked
package dev.likeness.diffusion.inspection;

import org.jspecify.annotations.NullMarked;
