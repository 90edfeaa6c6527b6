/** Sets of images of a class that owners bring for prior preservation: checked, stored, listed. */
@NullMarked
package dev.likeness.app.classimage;

import org.jspecify.annotations.NullMarked;
