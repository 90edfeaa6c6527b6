@NullMarked
package dev.likeness.diffusion.graph;

import org.jspecify.annotations.NullMarked;
