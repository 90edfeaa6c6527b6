/** Fine-tuning: losses, optimizers, the loop, methods, checkpoints. */
@NullMarked
package dev.likeness.diffusion.training;

import org.jspecify.annotations.NullMarked;
