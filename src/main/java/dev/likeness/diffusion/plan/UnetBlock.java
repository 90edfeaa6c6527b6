package dev.likeness.diffusion.plan;

/**
 * One block of a UNet in its forward pass. Numbers are those of one picture, weights apart.
 *
 * @param kept for the gradient
 * @param out of the result, which the next block gets
 * @param skip of the result, if a skip connection takes it to a later block; else 0
 * @param joined that come over a skip connection
 * @param work that exist beside those while the gradient is computed
 * @param weights of the block
 */
record UnetBlock(long kept, long out, long skip, long joined, long work, long weights) {}
