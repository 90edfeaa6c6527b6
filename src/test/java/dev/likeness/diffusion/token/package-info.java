@NullMarked
package dev.likeness.diffusion.token;

import org.jspecify.annotations.NullMarked;
