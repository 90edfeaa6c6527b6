/** Deadlines of tasks: the header {@code Cancel-After}. */
@NullMarked
package dev.likeness.app.web.deadline;

import org.jspecify.annotations.NullMarked;
