/** Tests of the operators, and of the check of them. */
@NullMarked
package dev.likeness.diffusion.check;

import org.jspecify.annotations.NullMarked;
