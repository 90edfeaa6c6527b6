/** Subjects: which pictures are accepted, how they are decoded, and how they are stored. */
@NullMarked
package dev.likeness.app.subject;

import org.jspecify.annotations.NullMarked;
