@NullMarked
package dev.likeness.app.security;

import org.jspecify.annotations.NullMarked;
