@NullMarked
package dev.likeness.diffusion.pipeline;

import org.jspecify.annotations.NullMarked;
