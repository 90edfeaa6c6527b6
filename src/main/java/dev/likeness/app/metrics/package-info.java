/** Figures of the whole service, as its database has them, and of what happens in this process. */
@NullMarked
package dev.likeness.app.metrics;

import org.jspecify.annotations.NullMarked;
