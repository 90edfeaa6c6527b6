package dev.likeness.app.artifact;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import org.jspecify.annotations.Nullable;

/** An operation of the artifact store failed. The message says what is wrong, without paths. */
public class StorageException extends RuntimeException implements Refusal {

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
        /** Writing failed: the disk is full, a limit was reached, or the folder is not writable. Nothing was stored. */
        NOT_WRITTEN,
        /** The file does not exist. */
        MISSING,
        /** The file's content does not match its name. */
        CORRUPT,
        /** Reading failed. */
        NOT_READ
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.STORAGE;
    }
}
