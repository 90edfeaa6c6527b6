package dev.likeness.app.upload;

import dev.likeness.app.picture.RefusedPictureException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file as a client sent it.
 *
 * @param fileName as the client named it: shown to the client, and never used for anything else
 * @param size bytes, as far as known before reading
 * @param content opens the file
 * @param field the request's field that the file came with
 * @param mask of a picture; null without one
 */
public record Upload(
        String fileName,
        long size,
        Content content,
        String field,
        @Nullable Mask mask) {

    /** The field with files. */
    public static final String IMAGES = "images";

    /** The field with URLs of files. */
    public static final String IMAGE_URLS = "image_urls";

    /** The field with masks. */
    public static final String MASKS = "masks";

    /** A file without a mask. */
    public Upload(String fileName, long size, Content content, String field) {
        this(fileName, size, content, field, null);
    }

    /** A file of the field {@value #IMAGES}. */
    public Upload(String fileName, long size, Content content) {
        this(fileName, size, content, IMAGES);
    }

    /** The same picture with a mask. */
    public Upload with(Mask of) {
        return new Upload(fileName, size, content, field, of);
    }

    /** Bytes of the file and of its mask. */
    public long totalSize() {
        return size + (mask == null ? 0 : mask.file().size());
    }

    /**
     * The mask of a picture.
     *
     * @param index among the masks of the upload, from 0
     */
    public record Mask(int index, Upload file) {}

    /** Opens a file for reading from its start. */
    @FunctionalInterface
    public interface Content {

        /** @throws RefusedPictureException if the file turns out to be damaged */
        InputStream open() throws IOException, RefusedPictureException;
    }
}
