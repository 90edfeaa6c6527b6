package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;
import dev.likeness.diffusion.sampling.SamplingSettings;

/** A generated image with its recipe. */
public record GeneratedImage(RgbImage image, Recipe recipe) {

    /**
     * Everything that the image was generated with.
     *
     * @param adapterScales scales of the adapter that was last trained, or loaded as weights
     * @param fused whether adapters were fused with copies of the weights
     */
    public record Recipe(
            String prompt,
            String negativePrompt,
            long seed,
            SamplingSettings settings,
            String modelHash,
            AdapterScales adapterScales,
            boolean fused) {}
}
