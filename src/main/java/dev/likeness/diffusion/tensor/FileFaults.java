package dev.likeness.diffusion.tensor;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What may be said to anybody of a file that cannot be read: its name, but never the folder in which a server keeps it. */
public final class FileFaults {

    private FileFaults() {}

    /**
     * Why reading failed. The exceptions of {@link java.nio.file.Files} have the whole path as their message.
     *
     * @param e thrown by the reading of a file, or by the parsing of what it holds, whose message then is the reason
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
