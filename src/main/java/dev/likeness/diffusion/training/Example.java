package dev.likeness.diffusion.training;

/**
 * One picture of a training batch.
 *
 * @param latent x_0, scaled, [Z, h, w]
 * @param noise epsilon, as long
 * @param timestep t, 0 to T - 1
 * @param prompt index into the run's prompts
 * @param weight of this picture's mean squared error in the loss
 */
public record Example(float[] latent, float[] noise, int timestep, int prompt, double weight) {}
