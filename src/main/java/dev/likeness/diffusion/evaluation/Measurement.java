package dev.likeness.diffusion.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * The value of a metric for a set of images.
 *
 * @param similarity the value and its 95 % interval
 * @param encoder id of the encoder that computed the embeddings
 * @param reference the same metric of the real pictures; null if the metric has none
 * @param colours of the images and of the real pictures; null if the metric compares no colours
 */
public record Measurement(
        Similarity similarity,
        String encoder,
        @Nullable Double reference,
        @Nullable ColourShift colours) {}
