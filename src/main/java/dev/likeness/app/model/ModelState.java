package dev.likeness.app.model;

import org.jspecify.annotations.Nullable;

/**
 * Whether a model is on this machine.
 *
 * @param reason why it is not; null unless that failed
 * @param commit that a repository's revision stands for; null if there is no repository, or nobody knows yet
 */
public record ModelState(
        Status status, @Nullable String reason, @Nullable String commit) {

    /** Where it is. */
    public enum Status {
        /** All of it is here. */
        READY,
        /** Its weights, or all of it, are to be downloaded when they are first needed. */
        REMOTE,
        DOWNLOADING,
        FAILED
    }

    static ModelState ready() {
        return new ModelState(Status.READY, null, null);
    }
}
