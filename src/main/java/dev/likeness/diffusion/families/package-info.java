/** Which families of models there are. */
@NullMarked
package dev.likeness.diffusion.families;

import org.jspecify.annotations.NullMarked;
