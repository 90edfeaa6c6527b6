/** Problem details (RFC 9457): their types, their fields and how they are written. */
@NullMarked
package dev.likeness.app.web.problem;

import org.jspecify.annotations.NullMarked;
