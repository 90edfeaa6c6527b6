/** Subjects and the report on their pictures over HTTP. */
@NullMarked
package dev.likeness.app.web.subject;

import org.jspecify.annotations.NullMarked;
