/** Metrics of the whole service, from its database, and of this process. */
@NullMarked
package dev.likeness.app.metrics;

import org.jspecify.annotations.NullMarked;
