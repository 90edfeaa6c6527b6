/** The list of workers over HTTP. */
@NullMarked
package dev.likeness.app.web.worker;

import org.jspecify.annotations.NullMarked;
