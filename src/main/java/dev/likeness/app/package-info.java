@NullMarked
package dev.likeness.app;

import org.jspecify.annotations.NullMarked;
