/** Running an evaluation. */
@NullMarked
package dev.likeness.app.worker.evaluation;

import org.jspecify.annotations.NullMarked;
