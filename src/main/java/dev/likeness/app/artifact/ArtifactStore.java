package dev.likeness.app.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * Stores files under the SHA-256 of their content. A file is complete or absent, and equal files are stored once.
 *
 * <p>Write a row that refers to a file in the same transaction as {@link #put}, or after it.
 */
public interface ArtifactStore {

    /**
     * Stores the writer's output.
     *
     * <p>Inside a transaction, a rollback deletes the file.
     *
     * @throws StorageException if it cannot be written; then nothing is stored
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
     * The content of a file, already compared with its name.
     *
     * @throws StorageException if it is missing or damaged
     */
    byte[] bytes(String sha256);

    /**
     * A local file with this content, already compared with its name. Do not change, move or delete it. Open it soon:
     * it may be a cached copy that is deleted after some time without use.
     *
     * @throws StorageException if it is missing or damaged
     */
    Path local(String sha256);

    /**
     * A file for partial reads. It is already compared with its name, or its stream compares a complete read and fails
     * before it returns the last bytes.
     *
     * @throws StorageException if it is missing, or known to be damaged
     */
    default Resource resource(String sha256) {
        return new FileSystemResource(local(sha256));
    }

    /**
     * Deletes the files among these that no row refers to any more. Inside a transaction this happens asynchronously
     * after its end.
     */
    void release(Collection<String> sha256s);

    /** Writes a file's content. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }
}
