/** Prompts to token ids. Needs no libtorch: the API process may load it. */
@NullMarked
package dev.likeness.diffusion.token;

import org.jspecify.annotations.NullMarked;
