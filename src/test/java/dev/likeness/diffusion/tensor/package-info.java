@NullMarked
package dev.likeness.diffusion.tensor;

import org.jspecify.annotations.NullMarked;
