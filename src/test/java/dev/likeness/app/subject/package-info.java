@NullMarked
package dev.likeness.app.subject;

import org.jspecify.annotations.NullMarked;
