/** The settings of a job in requests, with presets, prompt lists and checks of single fields. */
@NullMarked
package dev.likeness.app.spec;

import org.jspecify.annotations.NullMarked;
