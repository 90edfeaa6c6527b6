package dev.likeness.app.job;

/**
 * Everything that made an image.
 *
 * @param modelHash SHA-256 of the base model
 */
public record ImageRecipe(
        String prompt,
        String negativePrompt,
        long seed,
        String sampler,
        int steps,
        double guidance,
        double eta,
        int width,
        int height,
        String modelHash) {}
