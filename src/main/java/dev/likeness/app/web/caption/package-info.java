/** Captions of subjects over HTTP. */
@NullMarked
package dev.likeness.app.web.caption;

import org.jspecify.annotations.NullMarked;
