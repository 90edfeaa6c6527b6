/** Generations: more images from finished jobs, also with several adapters at once. */
@NullMarked
package dev.likeness.app.generation;

import org.jspecify.annotations.NullMarked;
