/** The studio: pages in a browser, built from {@code src/main/web}. */
@NullMarked
package dev.likeness.app.web.studio;

import org.jspecify.annotations.NullMarked;
