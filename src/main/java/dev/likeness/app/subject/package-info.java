/** Subjects: what pictures may be uploaded, how they are decoded, and how they are kept. */
@NullMarked
package dev.likeness.app.subject;

import org.jspecify.annotations.NullMarked;
