@NullMarked
package dev.likeness.app.demo;

import org.jspecify.annotations.NullMarked;
