@NullMarked
package dev.likeness.diffusion.evaluation;

import org.jspecify.annotations.NullMarked;
