package dev.likeness.app.picture;

import dev.likeness.diffusion.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a picture, or a set of pictures, cannot be used.
 *
 * @param index of the file in the upload, from 0; null for a problem of the whole set
 * @param fileName as the client named it, made printable; null for a problem of the whole set
 * @param message what is wrong and what to do, as text
 */
public record PictureProblem(
        @Nullable Integer index, @Nullable String fileName, Kind kind, String message) {

    /** The kind of problem. */
    public enum Kind implements Wire {
        /** Too few or too many files. */
        COUNT,
        /** Too many bytes or pixels. */
        TOO_LARGE,
        /** Too few pixels. */
        TOO_SMALL,
        /** Neither JPEG nor PNG nor WebP. */
        UNSUPPORTED_FORMAT,
        /** More than one frame. */
        ANIMATED,
        /** Ends too early. */
        TRUNCATED,
        /** A damaged picture. */
        UNREADABLE
    }
}
