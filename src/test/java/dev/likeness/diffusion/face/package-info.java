@NullMarked
package dev.likeness.diffusion.face;

import org.jspecify.annotations.NullMarked;
