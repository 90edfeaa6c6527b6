package dev.likeness.app.job;

/**
 * Trained weights of a job.
 *
 * @param sha256 file in the artifact store
 * @param step training step of the weights
 */
public record JobWeights(String sha256, int step) {}
