@NullMarked
package dev.likeness.diffusion.adapter;

import org.jspecify.annotations.NullMarked;
