/** Names of constants in JSON, in the database and in files. */
@NullMarked
package dev.likeness.diffusion.wire;

import org.jspecify.annotations.NullMarked;
