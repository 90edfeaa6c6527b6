/** The list of model families. */
@NullMarked
package dev.likeness.diffusion.families;

import org.jspecify.annotations.NullMarked;
