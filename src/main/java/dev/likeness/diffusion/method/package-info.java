/** Training methods: what learns, what it yields, and the files that keep and export it. */
@NullMarked
package dev.likeness.diffusion.method;

import org.jspecify.annotations.NullMarked;
