@NullMarked
package dev.likeness.diffusion.singlefile;

import org.jspecify.annotations.NullMarked;
