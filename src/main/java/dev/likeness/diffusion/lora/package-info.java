/** Low-rank adapters: initialisation, merging, fusing with weights, and their files. */
@NullMarked
package dev.likeness.diffusion.lora;

import org.jspecify.annotations.NullMarked;
