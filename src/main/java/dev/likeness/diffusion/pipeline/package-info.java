/** The engine's one facade: what a worker calls. */
@NullMarked
package dev.likeness.diffusion.pipeline;

import org.jspecify.annotations.NullMarked;
