/**
 * The profile {@code demo}: a client of the service's own HTTP API that submits a bundled subject and shows the
 * results.
 */
@NullMarked
package dev.likeness.app.demo;

import org.jspecify.annotations.NullMarked;
