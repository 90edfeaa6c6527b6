/** Noise schedules and samplers, as arithmetic on plain arrays. */
@NullMarked
package dev.likeness.diffusion.schedule;

import org.jspecify.annotations.NullMarked;
