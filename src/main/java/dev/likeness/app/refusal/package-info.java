/** Refusals of requests, independent of the protocol. */
@NullMarked
package dev.likeness.app.refusal;

import org.jspecify.annotations.NullMarked;
