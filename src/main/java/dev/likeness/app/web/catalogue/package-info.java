/** Models, presets, prompt lists and identifiers over HTTP. */
@NullMarked
package dev.likeness.app.web.catalogue;

import org.jspecify.annotations.NullMarked;
