package dev.likeness.app.job;

import dev.likeness.app.artifact.NamedFile;
import java.time.Instant;
import java.util.UUID;

/**
 * A file of a job that other programs can load.
 *
 * @param step training step of the weights
 */
public record JobArtifact(
        UUID id, UUID jobId, ArtifactKind kind, ArtifactFormat format, NamedFile file, int step, Instant createdAt) {}
