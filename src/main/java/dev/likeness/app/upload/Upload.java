package dev.likeness.app.upload;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file as a client sent it.
 *
 * @param fileName as the client named it: shown to the client, and never used for anything else
 * @param size bytes, as far as known before reading
 * @param content opens the file
 */
public record Upload(String fileName, long size, Content content) {

    /** Opens a file for reading from its start. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
