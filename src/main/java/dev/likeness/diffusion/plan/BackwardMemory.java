package dev.likeness.diffusion.plan;

import java.util.List;

/**
 * The peak of a forward and backward pass through a denoiser, in bytes. The backward pass frees stored activations block by
 * block and adds gradients of weights. The gradient of a skip connection is stored until the block at its other end.
 *
 * @param samples pictures in the pass
 * @param number bytes of a stored number
 * @param gradient bytes of gradient per weight; 0 if the weights are frozen
 * @param checkpointing whether only the results of blocks are stored, and each block runs again
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
