package dev.likeness.app.picture;

import dev.likeness.diffusion.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a picture, or a set of pictures, cannot be used.
 *
 * @param index of the file in its field, or in its archive, from 0; null for a problem of the whole set
 * @param fileName as the client named it, made printable; null for a problem of the whole set
 * @param message what is wrong and what to do, as text
 * @param field the request's field with the file
 */
public record PictureProblem(
        @Nullable Integer index, @Nullable String fileName, Kind kind, String message, String field) {

    /** A problem of the field {@code images}. */
    public PictureProblem(@Nullable Integer index, @Nullable String fileName, Kind kind, String message) {
        this(index, fileName, kind, message, "images");
    }

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
        /** A damaged picture, or a damaged archive. */
        UNREADABLE,
        /** A file of an archive that is not unpacked: its name, encryption or compression. */
        ARCHIVE,
        /** A caption that is not a text, or belongs to no picture. */
        CAPTION,
        /** A URL whose file was not received. */
        NOT_FETCHED,
        /** A mask of another size than its picture. */
        WRONG_SIZE,
        /** A mask with colours or transparency. */
        NOT_GRAY,
        /** A mask that is black everywhere. */
        EMPTY
    }
}
