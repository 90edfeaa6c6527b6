package dev.likeness.app.artifact;

import org.jspecify.annotations.Nullable;

/** The artifact store could not do what it was asked. Says what is wrong, and never where on the disk. */
public class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public StorageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What went wrong. */
    public enum Reason {
        /** Writing failed: the disk is full, a limit was met, or the folder may not be written. Nothing was kept. */
        NOT_WRITTEN,
        /** There is no such file. */
        MISSING,
        /** The file's content is not what its name says. */
        CORRUPT,
        /** Reading failed. */
        NOT_READ
    }
}
