/** The engine's facade, which a worker calls: opens a model, trains it, samples with it, exports the result. */
@NullMarked
package dev.likeness.diffusion.pipeline;

import org.jspecify.annotations.NullMarked;
