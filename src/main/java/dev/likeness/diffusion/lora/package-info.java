/** Low-rank adapters: which layers get one, how they start, how several become one, and the files they are kept in. */
@NullMarked
package dev.likeness.diffusion.lora;

import org.jspecify.annotations.NullMarked;
