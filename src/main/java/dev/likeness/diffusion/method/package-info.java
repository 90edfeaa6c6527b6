/** Training methods: what is trained, the kind of the result, and the files that keep and export it. */
@NullMarked
package dev.likeness.diffusion.method;

import org.jspecify.annotations.NullMarked;
