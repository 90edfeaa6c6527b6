package dev.likeness.diffusion.plan;

/**
 * The settings of a run that may change to save memory.
 *
 * @param batchSize pictures of the subject in one forward pass
 * @param gradientAccumulation forward passes per optimizer step
 * @param imagesAtOnce most images of a batch
 */
public record MemoryOptions(
        int batchSize,
        int gradientAccumulation,
        boolean gradientCheckpointing,
        OptimizerKind optimizer,
        boolean trainTextEncoder,
        int imagesAtOnce) {

    MemoryOptions withGradientCheckpointing() {
        return new MemoryOptions(batchSize, gradientAccumulation, true, optimizer, trainTextEncoder, imagesAtOnce);
    }

    /** One picture per pass, and as many pictures per step. */
    MemoryOptions withAccumulation() {
        return new MemoryOptions(
                1, batchSize * gradientAccumulation, gradientCheckpointing, optimizer, trainTextEncoder, imagesAtOnce);
    }

    MemoryOptions withOptimizer(OptimizerKind other) {
        return new MemoryOptions(
                batchSize, gradientAccumulation, gradientCheckpointing, other, trainTextEncoder, imagesAtOnce);
    }

    MemoryOptions withFrozenText() {
        return new MemoryOptions(
                batchSize, gradientAccumulation, gradientCheckpointing, optimizer, false, imagesAtOnce);
    }

    MemoryOptions withSingleImages() {
        return new MemoryOptions(
                batchSize, gradientAccumulation, gradientCheckpointing, optimizer, trainTextEncoder, 1);
    }
}
