/** Subjects: their stored pictures and captions, and the findings about them. */
@NullMarked
package dev.likeness.app.subject;

import org.jspecify.annotations.NullMarked;
