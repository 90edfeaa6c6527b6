/** Files by content hash and their rows. */
@NullMarked
package dev.likeness.app.artifact;

import org.jspecify.annotations.NullMarked;
