/** The settings of a job in requests: defaults, presets, prompt lists, and the checks that need no other job. */
@NullMarked
package dev.likeness.app.spec;

import org.jspecify.annotations.NullMarked;
