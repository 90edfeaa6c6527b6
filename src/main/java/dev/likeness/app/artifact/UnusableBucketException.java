package dev.likeness.app.artifact;

import org.jspecify.annotations.Nullable;

/** Files cannot be kept in the bucket. The message says why, the action what can be done about it. */
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
