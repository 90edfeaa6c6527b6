package dev.likeness.diffusion.training;

/**
 * Figures of a finished training run.
 *
 * @param steps optimizer steps in all, with those before a resume
 * @param stepsRun steps of this call
 * @param stepsPerSecond of this call, without the time for checkpoints
 * @param finalLoss loss of the last step
 */
public record TrainingSummary(int steps, int stepsRun, double stepsPerSecond, double finalLoss) {}
