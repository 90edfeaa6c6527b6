/** Captions of a subject's pictures: proposed by a model, or written by the user. */
@NullMarked
package dev.likeness.app.caption;

import org.jspecify.annotations.NullMarked;
