/** What the service says when it refuses a request, whatever protocol the request came by. */
@NullMarked
package dev.likeness.app.refusal;

import org.jspecify.annotations.NullMarked;
