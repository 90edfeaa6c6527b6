/** Tokenizers: prompts to token ids. Needs no libtorch, so the API process may load it. */
@NullMarked
package dev.likeness.diffusion.token;

import org.jspecify.annotations.NullMarked;
