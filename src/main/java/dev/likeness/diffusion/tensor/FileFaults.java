package dev.likeness.diffusion.tensor;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Messages about unreadable files that are safe to show to any caller. They contain the file's name, but never the
 * server's folder.
 */
public final class FileFaults {

    private FileFaults() {}

    /**
     * Why reading failed. Used because the exceptions of {@link java.nio.file.Files} have the whole path as their
     * message.
     *
     * @param e thrown while reading or parsing a file; the message of a parsing exception becomes the reason
     */
    public static String reason(Exception e) {
        if (e instanceof CharacterCodingException) {
            return "a file is not text in UTF-8";
        }
        if (!(e instanceof FileSystemException fault)) {
            return String.valueOf(e.getMessage());
        }
        String reason = fault.getReason();
        String name = name(fault.getFile());
        if (fault instanceof NoSuchFileException) {
            return reason == null ? "no " + name : reason;
        }
        if (fault instanceof AccessDeniedException) {
            return "access to %s is denied".formatted(name);
        }
        return reason == null ? "%s cannot be read".formatted(name) : "%s: %s".formatted(name, reason);
    }

    private static String name(@Nullable String file) {
        Path name = file == null ? null : Path.of(file).getFileName();
        return name == null ? "a file" : name.toString();
    }
}
