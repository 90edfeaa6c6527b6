package dev.likeness.app.upload;

import dev.likeness.app.picture.RefusedPictureException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file as a client sent it.
 *
 * @param fileName as the client named it: shown to the client, and never used for anything else
 * @param size bytes, as far as known before reading
 * @param content opens the file
 * @param field the request's field that the file came with
 */
public record Upload(String fileName, long size, Content content, String field) {

    /** The field with files. */
    public static final String IMAGES = "images";

    /** The field with URLs of files. */
    public static final String IMAGE_URLS = "image_urls";

    /** A file of the field {@value #IMAGES}. */
    public Upload(String fileName, long size, Content content) {
        this(fileName, size, content, IMAGES);
    }

    /** Opens a file for reading from its start. */
    @FunctionalInterface
    public interface Content {

        /** @throws RefusedPictureException if the file turns out to be damaged */
        InputStream open() throws IOException, RefusedPictureException;
    }
}
