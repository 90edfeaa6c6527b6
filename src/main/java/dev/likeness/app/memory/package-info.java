/** How much memory a job takes, and how its settings change so that it fits. */
@NullMarked
package dev.likeness.app.memory;

import org.jspecify.annotations.NullMarked;
