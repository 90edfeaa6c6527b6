package dev.likeness.diffusion.plan;

import java.util.List;

/**
 * The most bytes that a forward and backward pass through a denoiser take at once. On the way back what was kept goes block by
 * block, while gradients of weights come, and those of skip connections wait for the block at their other end.
 *
 * @param samples pictures in the pass
 * @param number bytes of a kept number
 * @param gradient bytes of gradient to a weight, 0 where weights do not learn
 * @param checkpointing whether only results of blocks are kept, and each block runs again
 */
record BackwardMemory(List<BlockMemory> blocks, int samples, double number, double gradient, boolean checkpointing) {

    double peak() {
        double kept = blocks.stream().mapToLong(this::keptOnTheWay).sum();
        double waiting = 0;
        double gradients = 0;
        double peak = 0;
        for (int i = blocks.size() - 1; i >= 0; i--) {
            BlockMemory block = blocks.get(i);
            gradients += block.weights() * gradient;
            waiting += block.joined();
            double inside = block.work() + (checkpointing ? block.kept() : 0);
            double reordered = (double) block.weights() * Coefficients.FULL;
            peak = Math.max(peak, samples * number * (kept + waiting + inside) + gradients + reordered);
            kept -= keptOnTheWay(block);
            waiting -= block.skip();
        }
        return peak;
    }

    private long keptOnTheWay(BlockMemory block) {
        return checkpointing ? block.out() : block.kept();
    }
}
