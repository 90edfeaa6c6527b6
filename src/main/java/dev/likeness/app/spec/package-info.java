/** The settings of a job as a client sends them, with presets, lists of prompts and the checks of single fields. */
@NullMarked
package dev.likeness.app.spec;

import org.jspecify.annotations.NullMarked;
