/** Problem details (RFC 9457): their types, their fields and their output. */
@NullMarked
package dev.likeness.app.web.problem;

import org.jspecify.annotations.NullMarked;
