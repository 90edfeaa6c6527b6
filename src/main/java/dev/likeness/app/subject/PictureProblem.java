package dev.likeness.app.subject;

import org.jspecify.annotations.Nullable;

/**
 * Why a picture, or the set of them, cannot be used.
 *
 * @param index of the file in the order sent, from 0; null when it is about all of them
 * @param fileName as the client named it, made printable; null when it is about all of them
 * @param message what is wrong and what to do about it, for a person
 */
public record PictureProblem(
        @Nullable Integer index, @Nullable String fileName, Kind kind, String message) {

    /** What is wrong. */
    public enum Kind {
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
        /** Claims to be a picture and is damaged. */
        UNREADABLE
    }
}
