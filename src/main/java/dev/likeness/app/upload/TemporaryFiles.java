package dev.likeness.app.upload;

import dev.likeness.app.artifact.StorageException;
import dev.likeness.app.artifact.StorageException.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that last as long as a request, and what keeps them open. */
final class TemporaryFiles implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TemporaryFiles.class);

    private final Deque<Closeable> opened = new ArrayDeque<>();

    /** The path of a new file. */
    Path create() {
        try {
            Path file = Files.createTempFile("likeness-upload", null);
            opened.push(() -> Files.deleteIfExists(file));
            return file;
        } catch (IOException e) {
            throw new StorageException(Reason.NOT_WRITTEN, "an upload could not be stored", e);
        }
    }

    /** Closes a resource with the files, before they are deleted. */
    <T extends Closeable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (IOException e) {
                log.warn("a temporary file of an upload stays", e);
            }
        }
    }
}
