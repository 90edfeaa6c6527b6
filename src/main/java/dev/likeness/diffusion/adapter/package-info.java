/**
 * Adapter files by their headers: the naming scheme of their tensors, the layers of a base model that they change, and whether
 * they fit. Loads no libtorch, so the API can use it.
 */
@NullMarked
package dev.likeness.diffusion.adapter;

import org.jspecify.annotations.NullMarked;
