/** How much memory a run is going to take. Plain arithmetic, no libtorch: the API process may load it. */
@NullMarked
package dev.likeness.diffusion.plan;

import org.jspecify.annotations.NullMarked;
