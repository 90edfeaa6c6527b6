package dev.likeness.app.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * Keeps files under the SHA-256 of their content. A file is there whole or not at all, and equal files are kept once.
 *
 * <p>A row that refers to a file has to be written in the same transaction as {@link #put}, or after it.
 */
public interface ArtifactStore {

    /**
     * Keeps what the writer writes.
     *
     * <p>Inside a transaction the file goes again when that is rolled back.
     *
     * @throws StorageException if it cannot be written; nothing is kept then
     */
    StoredFile put(String mediaType, Writer writer);

    /**
     * Opens a file. Its content is compared with its name while it is read; the last read fails with an
     * {@link IOException} if they differ.
     *
     * @throws StorageException if it is missing or cannot be opened
     */
    InputStream open(String sha256);

    /**
     * A whole file, already compared with its name.
     *
     * @throws StorageException if it is missing or damaged
     */
    byte[] bytes(String sha256);

    /**
     * A local file with this content, already compared with its name. Not to be changed, moved or deleted, and to be opened
     * soon: it may be a copy that makes way for others once nobody has asked for it for a while.
     *
     * @throws StorageException if it is missing or damaged
     */
    Path local(String sha256);

    /**
     * A file for somebody who may want a part of it only. Either it is compared with its name already, or its stream does so
     * while all of it is read, and fails before its end is given away.
     *
     * @throws StorageException if it is missing, or known to be damaged
     */
    default Resource resource(String sha256) {
        return new FileSystemResource(local(sha256));
    }

    /**
     * Deletes those of the files that no row refers to any more. Inside a transaction this happens after its end, and
     * nobody waits for it.
     */
    void release(Collection<String> sha256s);

    /** Writes a file's content. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }
}
