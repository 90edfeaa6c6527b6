/** Names of constants in JSON, in the database and in files, and numbers in messages. */
@NullMarked
package dev.likeness.diffusion.wire;

import org.jspecify.annotations.NullMarked;
