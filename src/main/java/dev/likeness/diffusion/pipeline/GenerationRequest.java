package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import dev.likeness.diffusion.sampling.SamplingSettings;
import java.util.List;

/**
 * Images to generate.
 *
 * @param images at least one
 * @param adapterScales scales of the adapter that was last trained, or loaded as weights
 * @param batchSize images in one forward pass
 */
public record GenerationRequest(
        List<Image> images, SamplingSettings settings, AdapterScales adapterScales, int batchSize) {

    public GenerationRequest {
        images = List.copyOf(images);
    }

    /** One image: its prompts with {@code {subject}} and {@code {class}} replaced, and its seed. */
    public record Image(String prompt, String negativePrompt, long seed) {}
}
