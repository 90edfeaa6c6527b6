/** Evaluations over HTTP. */
@NullMarked
package dev.likeness.app.web.evaluation;

import org.jspecify.annotations.NullMarked;
