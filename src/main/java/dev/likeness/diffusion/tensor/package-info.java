/** Tensors and their files: safetensors, TorchScript archives, devices, engine threads. */
@NullMarked
package dev.likeness.diffusion.tensor;

import org.jspecify.annotations.NullMarked;
