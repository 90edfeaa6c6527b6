/** The aggregate, guarded transitions, specs, presets. */
@NullMarked
package dev.likeness.app.job;

import org.jspecify.annotations.NullMarked;
