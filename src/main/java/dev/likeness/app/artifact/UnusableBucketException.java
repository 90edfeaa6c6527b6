package dev.likeness.app.artifact;

import org.jspecify.annotations.Nullable;

/** Files cannot be stored in the bucket. The message says why, and the action says what to do. */
final class UnusableBucketException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    UnusableBucketException(String message, String action, @Nullable Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
