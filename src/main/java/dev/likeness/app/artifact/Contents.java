package dev.likeness.app.artifact;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * The content of files, by SHA-256, without their rows. Each method throws {@link StorageException} when the store
 * fails.
 */
interface Contents {

    /** Stores the writer's output, complete or not at all. Existing content is written again. */
    StoredFile write(String mediaType, ArtifactStore.Writer writer);

    /** As {@link ArtifactStore#open}. */
    InputStream open(String sha256);

    /** As {@link ArtifactStore#bytes}. */
    byte[] bytes(String sha256);

    /** As {@link ArtifactStore#local}. */
    Path local(String sha256);

    /** As {@link ArtifactStore#resource}. */
    default Resource resource(String sha256) {
        return new FileSystemResource(local(sha256));
    }

    boolean contains(String sha256);

    /** Does nothing for a missing file. */
    void delete(String sha256);

    /** Deletes unfinished drafts that were started before an instant. */
    void deleteDrafts(Instant before);

    /** Names of the files that were written before an instant. */
    List<String> names(Instant before);

    /** Whether a file was written after an instant. */
    boolean isWrittenSince(String sha256, Instant instant);
}
