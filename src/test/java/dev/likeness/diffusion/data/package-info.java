@NullMarked
package dev.likeness.diffusion.data;

import org.jspecify.annotations.NullMarked;
