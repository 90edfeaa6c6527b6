/** API keys and link keys over HTTP. */
@NullMarked
package dev.likeness.app.web.access;

import org.jspecify.annotations.NullMarked;
