/** Generations over HTTP. */
@NullMarked
package dev.likeness.app.web.generation;

import org.jspecify.annotations.NullMarked;
