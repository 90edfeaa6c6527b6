/** The report of a job: its input, its course and its results, as a page and as JSON. Does not use libtorch. */
@NullMarked
package dev.likeness.app.report;

import org.jspecify.annotations.NullMarked;
