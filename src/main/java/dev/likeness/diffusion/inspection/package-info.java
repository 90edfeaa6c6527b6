/** Whether models can be used, found out without libtorch and without reading weights. */
@NullMarked
package dev.likeness.diffusion.inspection;

import org.jspecify.annotations.NullMarked;
