package dev.likeness.diffusion.plan;

/**
 * What a run takes, in bytes.
 *
 * @param base before a model is loaded
 * @param weights of all networks, and of adapters
 * @param optimizer state
 * @param backward most that activations and gradients take together
 * @param drawing what drawing images takes, without a graph
 * @param encoding what encoding a picture takes
 */
public record MemoryEstimate(long base, long weights, long optimizer, long backward, long drawing, long encoding) {

    /** The most there is at once. The three kinds of work never happen together; encoding comes before the optimizer. */
    public long peak() {
        return base + weights + Math.max(encoding, optimizer + Math.max(backward, drawing));
    }
}
