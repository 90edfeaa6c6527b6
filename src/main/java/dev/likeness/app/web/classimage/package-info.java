/** Class sets over HTTP. */
@NullMarked
package dev.likeness.app.web.classimage;

import org.jspecify.annotations.NullMarked;
