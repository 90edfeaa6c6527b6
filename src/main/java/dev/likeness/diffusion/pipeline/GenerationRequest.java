package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import java.util.List;

/**
 * Images to generate.
 *
 * @param images at least one
 * @param sampler name of a {@link dev.likeness.diffusion.schedule.Sampler}
 * @param steps sampler steps, 1 to 1000
 * @param guidance classifier-free guidance scale; 1 is without guidance
 * @param eta DDIM's eta, 0 to 1; 0 adds no noise after the start
 * @param width pixels
 * @param height pixels
 * @param adapterScales scales of the adapter that was last trained, or loaded as weights
 * @param batchSize images in one forward pass
 */
public record GenerationRequest(
        List<Image> images,
        String sampler,
        int steps,
        double guidance,
        double eta,
        int width,
        int height,
        AdapterScales adapterScales,
        int batchSize) {

    public GenerationRequest {
        images = List.copyOf(images);
    }

    /** One image: its prompts with {@code {subject}} and {@code {class}} replaced, and its seed. */
    public record Image(String prompt, String negativePrompt, long seed) {}
}
