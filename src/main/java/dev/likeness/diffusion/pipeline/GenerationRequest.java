package dev.likeness.diffusion.pipeline;

import dev.likeness.diffusion.adapter.AdapterScales;
import java.util.List;

/**
 * Images to draw.
 *
 * @param images at least one
 * @param sampler name of a {@link dev.likeness.diffusion.schedule.Sampler}
 * @param steps sampler steps, 1 to 1000
 * @param guidance classifier-free guidance scale; 1 is without guidance
 * @param eta DDIM's eta, 0 to 1; 0 draws no noise after the start
 * @param width pixels
 * @param height pixels
 * @param adapterScales how much of the adapter counts that was trained or loaded as weights last
 * @param batchSize how many images go through the network at once
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

    /** One image: its prompt with every placeholder already replaced, and its seed. */
    public record Image(String prompt, String negativePrompt, long seed) {}
}
