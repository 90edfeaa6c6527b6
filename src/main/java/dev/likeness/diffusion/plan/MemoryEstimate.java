package dev.likeness.diffusion.plan;

/**
 * What a run takes, in bytes.
 *
 * @param base before a model is loaded
 * @param weights of all networks and of adapters, in the type they are drawn with
 * @param held the same, in the types they are trained with
 * @param optimizer state
 * @param backward most that activations and gradients take together
 * @param previews what drawing takes while training waits
 * @param drawing what drawing takes before and after training
 * @param encoding what encoding a picture takes
 */
public record MemoryEstimate(
        long base, long weights, long held, long optimizer, long backward, long previews, long drawing, long encoding) {

    /** The most at once while it trains. Pictures are encoded before there is an optimizer. */
    public long training() {
        return base + held + Math.max(encoding, optimizer + Math.max(backward, previews));
    }

    /** The most at once while it draws, before training and after. */
    public long atDrawing() {
        return base + weights + drawing;
    }

    /** The most there is at once. */
    public long peak() {
        return Math.max(training(), atDrawing());
    }
}
