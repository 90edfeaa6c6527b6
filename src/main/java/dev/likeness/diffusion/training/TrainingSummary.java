package dev.likeness.diffusion.training;

/**
 * How a training run went.
 *
 * @param steps optimizer steps in all, those before a resume included
 * @param stepsRun steps of this call
 * @param stepsPerSecond of this call, checkpoints left out
 * @param finalLoss loss of the last step
 */
public record TrainingSummary(int steps, int stepsRun, double stepsPerSecond, double finalLoss) {}
