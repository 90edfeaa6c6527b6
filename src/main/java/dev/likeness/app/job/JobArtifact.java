package dev.likeness.app.job;

import dev.likeness.app.artifact.NamedFile;
import java.time.Instant;
import java.util.UUID;

/**
 * A file of a job that others can load.
 *
 * @param step training step it is of
 */
public record JobArtifact(
        UUID id, UUID jobId, ArtifactKind kind, ArtifactFormat format, NamedFile file, int step, Instant createdAt) {}
