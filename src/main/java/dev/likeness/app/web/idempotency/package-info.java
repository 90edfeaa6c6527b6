/** Idempotency keys: a repeated request gets the stored answer of the first one. */
@NullMarked
package dev.likeness.app.web.idempotency;

import org.jspecify.annotations.NullMarked;
