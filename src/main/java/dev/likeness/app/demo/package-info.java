/** The profile {@code demo}: a client of the service's own HTTP API that submits a bundled subject and shows what becomes of it. */
@NullMarked
package dev.likeness.app.demo;

import org.jspecify.annotations.NullMarked;
