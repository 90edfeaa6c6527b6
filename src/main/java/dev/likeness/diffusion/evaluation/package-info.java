/** Scores of generated images, and their encoders. */
@NullMarked
package dev.likeness.diffusion.evaluation;

import org.jspecify.annotations.NullMarked;
