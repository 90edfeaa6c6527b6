/** Captions of pictures by BLIP (Li et al. 2022, arXiv:2201.12086), and the subject's identifier in them. */
@NullMarked
package dev.likeness.diffusion.caption;

import org.jspecify.annotations.NullMarked;
