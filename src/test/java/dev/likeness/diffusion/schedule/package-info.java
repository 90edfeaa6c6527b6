@NullMarked
package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.NullMarked;
