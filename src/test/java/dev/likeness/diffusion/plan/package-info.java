@NullMarked
package dev.likeness.diffusion.plan;

import org.jspecify.annotations.NullMarked;
