package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.data.RgbImage;

/** A drawn image, which never travels without its recipe. */
public record GeneratedImage(RgbImage image, Recipe recipe) {

    /**
     * Everything that made the image.
     *
     * @param adapterScales how much of the adapter counted that was trained or loaded as weights last
     * @param fused whether adapters were summed into the weights
     */
    public record Recipe(
            String prompt,
            String negativePrompt,
            long seed,
            String sampler,
            int steps,
            double guidance,
            double eta,
            int width,
            int height,
            String modelHash,
            AdapterScales adapterScales,
            boolean fused) {}
}
