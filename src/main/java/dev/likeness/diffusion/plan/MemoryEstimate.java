package dev.likeness.diffusion.plan;

/**
 * What a run takes, in bytes.
 *
 * @param base before a model is loaded
 * @param weights of all networks and of adapters, in the type that sampling uses
 * @param held the same, in the types that training uses
 * @param optimizer state
 * @param backward peak of activations and gradients together
 * @param previews what sampling takes while training pauses
 * @param drawing what sampling takes before and after training
 * @param encoding what the encoding of a picture takes
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
