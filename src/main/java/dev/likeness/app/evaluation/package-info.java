/** Tables of scores over finished jobs, samplers and numbers of steps. */
@NullMarked
package dev.likeness.app.evaluation;

import org.jspecify.annotations.NullMarked;
