/** Memory planning for a run. Plain arithmetic without libtorch, so the API process may load it. */
@NullMarked
package dev.likeness.diffusion.plan;

import org.jspecify.annotations.NullMarked;
