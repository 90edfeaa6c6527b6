@NullMarked
package dev.likeness.diffusion.training;

import org.jspecify.annotations.NullMarked;
