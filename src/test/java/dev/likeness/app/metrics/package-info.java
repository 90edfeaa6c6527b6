@NullMarked
package dev.likeness.app.metrics;

import org.jspecify.annotations.NullMarked;
