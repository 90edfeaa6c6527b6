package dev.likeness.diffusion.sampling;

import dev.likeness.diffusion.schedule.Sampler;

/**
 * How images are sampled.
 *
 * @param sampler the solver of the reverse process
 * @param steps sampler steps, 1 to 1000
 * @param guidance scale of classifier-free guidance; 1 is without guidance
 * @param eta DDIM's eta, 0 to 1; with 0 DDIM adds no noise after the start
 * @param width pixels
 * @param height pixels
 */
public record SamplingSettings(Sampler sampler, int steps, double guidance, double eta, int width, int height) {}
