/**
 * Checks whether libtorch computes correctly on this machine: operators against fp64, and training steps against known
 * numbers.
 */
@NullMarked
package dev.likeness.diffusion.check;

import org.jspecify.annotations.NullMarked;
