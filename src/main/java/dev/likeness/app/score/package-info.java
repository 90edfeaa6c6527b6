/** Scores of images, the choice of a checkpoint by them, and the advice that follows from them. */
@NullMarked
package dev.likeness.app.score;

import org.jspecify.annotations.NullMarked;
