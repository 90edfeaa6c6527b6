package dev.likeness.app.job;

import dev.likeness.app.artifact.StoredFile;

/**
 * A file of a job to keep.
 *
 * @param fileName what it is to be called where it is downloaded
 * @param step training step it is of
 */
public record NewArtifact(ArtifactKind kind, ArtifactFormat format, String fileName, StoredFile file, int step) {}
