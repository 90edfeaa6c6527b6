@NullMarked
package dev.likeness.diffusion.caption;

import org.jspecify.annotations.NullMarked;
