package dev.likeness.diffusion.plan;

/**
 * What one block of a network takes. Numbers are those of one sample, weights apart.
 *
 * @param kept for the gradient
 * @param out of the result, which the next block gets
 * @param skip of the result, if a later block than the next takes it too; else 0
 * @param joined of inputs that skipped blocks, where this block is the last to take them
 * @param work that exist beside those while the gradient is computed
 * @param inference that exist inside the block where no gradient is wanted
 * @param weights of the block
 */
record BlockMemory(long kept, long out, long skip, long joined, long work, long inference, long weights) {

    /** This block, where later blocks take its result too. */
    BlockMemory skipping() {
        return new BlockMemory(kept, out, out, joined, work, inference, weights);
    }

    /** This block, where it is the last to take a value that skipped blocks. */
    BlockMemory joining(long numbers) {
        return new BlockMemory(kept, out, skip, joined + numbers, work, inference, weights);
    }
}
