/** The report of a job: what it was given, what it did and what became of it, as a page and as JSON. Knows no libtorch. */
@NullMarked
package dev.likeness.app.report;

import org.jspecify.annotations.NullMarked;
