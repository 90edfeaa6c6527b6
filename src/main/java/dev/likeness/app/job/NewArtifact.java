package dev.likeness.app.job;

import dev.likeness.app.artifact.StoredFile;

/**
 * A file of a job to save.
 *
 * @param fileName suggested name for downloads
 * @param step training step of the weights
 */
public record NewArtifact(ArtifactKind kind, ArtifactFormat format, String fileName, StoredFile file, int step) {}
