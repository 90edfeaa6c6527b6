/** Scoring images of a task with the encoders of its pipeline. */
@NullMarked
package dev.likeness.app.worker.score;

import org.jspecify.annotations.NullMarked;
