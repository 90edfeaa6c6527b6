/** Low-rank adapters: how they start, how several become one, how they get into the weights, and the files they are kept in. */
@NullMarked
package dev.likeness.diffusion.lora;

import org.jspecify.annotations.NullMarked;
