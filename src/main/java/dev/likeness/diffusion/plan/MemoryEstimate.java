package dev.likeness.diffusion.plan;

/**
 * The memory of a run, in bytes.
 *
 * @param base before a model is loaded
 * @param weights of the networks that are in memory all the time and of adapters, in the type that sampling uses
 * @param held the same, in the types that training uses
 * @param backward peak of activations and gradients together
 * @param previews what sampling takes while training pauses, with the networks that are loaded for it
 * @param sampling what sampling takes before and after training, with the networks that are loaded for it
 * @param encoding what the encoding of pictures and prompts takes, with the networks that are loaded for it
 */
public record MemoryEstimate(
        long base,
        long weights,
        long held,
        long optimizer,
        long backward,
        long previews,
        long sampling,
        long encoding) {

    /** The peak during training. Pictures are encoded before the optimizer exists. */
    public long training() {
        return base + held + Math.max(encoding, optimizer + Math.max(backward, previews));
    }

    /** The peak while sampling, before and after training. */
    public long samplingPeak() {
        return base + weights + sampling;
    }

    /** The overall peak. */
    public long peak() {
        return Math.max(training(), samplingPeak());
    }
}
