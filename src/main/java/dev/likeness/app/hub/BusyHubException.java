package dev.likeness.app.hub;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The hub is temporarily unavailable and may be called again later. */
final class BusyHubException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient @Nullable Duration after;

    /** @param after how long to wait; null if the hub does not say */
    BusyHubException(int status, @Nullable Duration after) {
        super("the hub answers " + status);
        this.status = status;
        this.after = after;
    }

    int status() {
        return status;
    }

    @Nullable
    Duration after() {
        return after;
    }
}
