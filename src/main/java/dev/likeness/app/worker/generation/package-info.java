/** Running a generation. */
@NullMarked
package dev.likeness.app.worker.generation;

import org.jspecify.annotations.NullMarked;
