/** Scores of generated images, and the encoders they are computed with. */
@NullMarked
package dev.likeness.diffusion.evaluation;

import org.jspecify.annotations.NullMarked;
