/** Noise schedules and the solvers that sample with them: plain arithmetic on plain arrays. */
@NullMarked
package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.NullMarked;
