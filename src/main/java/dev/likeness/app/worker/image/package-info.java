/** Generating images for a task with the model that is loaded. */
@NullMarked
package dev.likeness.app.worker.image;

import org.jspecify.annotations.NullMarked;
