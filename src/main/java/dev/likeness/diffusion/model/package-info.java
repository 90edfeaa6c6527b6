/** A base model: its folder, its networks, and the archive that it is exported as. */
@NullMarked
package dev.likeness.diffusion.model;

import org.jspecify.annotations.NullMarked;
