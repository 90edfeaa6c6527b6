/**
 * Adapter files by their headers: whose names their tensors have, which layers of a base model they change, and whether they
 * fit. Needs no libtorch: the API may load it.
 */
@NullMarked
package dev.likeness.diffusion.adapter;

import org.jspecify.annotations.NullMarked;
