package dev.likeness.diffusion.plan;

/**
 * What may change to save memory.
 *
 * @param batchSize pictures of the subject in one forward pass
 * @param gradientAccumulation forward passes to an optimizer step
 * @param imagesAtOnce most images that are drawn together
 */
public record Economy(
        int batchSize,
        int gradientAccumulation,
        boolean gradientCheckpointing,
        OptimizerKind optimizer,
        boolean trainTextEncoder,
        int imagesAtOnce) {

    Economy withGradientCheckpointing() {
        return new Economy(batchSize, gradientAccumulation, true, optimizer, trainTextEncoder, imagesAtOnce);
    }

    /** One picture at a time, and as many to a step as before. */
    Economy withAccumulation() {
        return new Economy(
                1, batchSize * gradientAccumulation, gradientCheckpointing, optimizer, trainTextEncoder, imagesAtOnce);
    }

    Economy withOptimizer(OptimizerKind other) {
        return new Economy(
                batchSize, gradientAccumulation, gradientCheckpointing, other, trainTextEncoder, imagesAtOnce);
    }

    Economy withFrozenText() {
        return new Economy(batchSize, gradientAccumulation, gradientCheckpointing, optimizer, false, imagesAtOnce);
    }

    Economy withSingleImages() {
        return new Economy(batchSize, gradientAccumulation, gradientCheckpointing, optimizer, trainTextEncoder, 1);
    }
}
