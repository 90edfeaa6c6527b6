package dev.likeness.app.model;

import dev.likeness.app.hub.DownloadProgress;
import dev.likeness.diffusion.wire.Wire;
import org.jspecify.annotations.Nullable;

/**
 * The state of a model on this machine.
 *
 * @param reason why it failed; null unless it failed
 * @param commit of a repository's revision; null without a repository, or before it is resolved
 * @param download progress of the download of its weights; null unless weights are missing and their size is known
 */
public record ModelState(
        Status status,
        @Nullable String reason,
        @Nullable String commit,
        @Nullable DownloadProgress download) {

    /** The kind of state. */
    public enum Status implements Wire {
        /** The model is complete. */
        READY,
        /** Its weights, or all its files, will be downloaded at first use. */
        REMOTE,
        DOWNLOADING,
        FAILED
    }

    static ModelState ready() {
        return new ModelState(Status.READY, null, null, null);
    }
}
