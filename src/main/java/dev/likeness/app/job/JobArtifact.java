package dev.likeness.app.job;

import java.time.Instant;
import java.util.UUID;

/**
 * A file of a job that others can load.
 *
 * @param fileName what it is called where it is downloaded
 * @param fileSha256 file in the artifact store
 * @param size bytes
 * @param step training step it is of
 */
public record JobArtifact(
        UUID id,
        UUID jobId,
        ArtifactKind kind,
        ArtifactFormat format,
        String fileName,
        String fileSha256,
        long size,
        int step,
        Instant createdAt) {}
