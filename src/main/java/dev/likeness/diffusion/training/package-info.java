/** Fine-tuning: losses, optimizers, the training loop, checkpoints. */
@NullMarked
package dev.likeness.diffusion.training;

import org.jspecify.annotations.NullMarked;
