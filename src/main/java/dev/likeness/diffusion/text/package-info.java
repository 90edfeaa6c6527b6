/** CLIP text encoders. */
@NullMarked
package dev.likeness.diffusion.text;

import org.jspecify.annotations.NullMarked;
