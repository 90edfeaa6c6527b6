/** Scores of images, the choice of a checkpoint by scores, and advice from scores. */
@NullMarked
package dev.likeness.app.score;

import org.jspecify.annotations.NullMarked;
