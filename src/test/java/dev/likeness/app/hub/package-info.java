@NullMarked
package dev.likeness.app.hub;

import org.jspecify.annotations.NullMarked;
