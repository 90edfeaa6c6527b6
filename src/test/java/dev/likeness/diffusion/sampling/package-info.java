@NullMarked
package dev.likeness.diffusion.sampling;

import org.jspecify.annotations.NullMarked;
