/** Finds faces in pictures and the part of a picture to train on. Needs no libtorch: the API process may load it. */
@NullMarked
package dev.likeness.diffusion.face;

import org.jspecify.annotations.NullMarked;
