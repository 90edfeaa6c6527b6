package dev.likeness.diffusion.plan;

/**
 * The memory of one block of a network. All counts except weights are numbers of one sample.
 *
 * @param kept numbers for the gradient
 * @param out numbers of the result, the next block's input
 * @param skip numbers of the result if a later block than the next also uses it; else 0
 * @param joined numbers of inputs that skipped blocks, if this block is their last user
 * @param work further numbers during the computation of the gradient
 * @param inference numbers inside the block without gradient
 * @param weights number of the block's weights
 */
record BlockMemory(long kept, long out, long skip, long joined, long work, long inference, long weights) {

    /** The same block, if later blocks also use its result. */
    BlockMemory skipping() {
        return new BlockMemory(kept, out, out, joined, work, inference, weights);
    }

    /** The same block, if it is the last user of a value that skipped blocks. */
    BlockMemory joining(long numbers) {
        return new BlockMemory(kept, out, skip, joined + numbers, work, inference, weights);
    }
}
