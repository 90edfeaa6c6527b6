package dev.likeness.app.subject;

import java.time.Duration;

/** The owner has sent as many pixels of late as may be decoded. */
public class TooManyPixelsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    TooManyPixelsException(Duration pause) {
        super("too many pixels of late");
        this.pause = pause;
    }

    /** After which the same pictures can be decoded. */
    public Duration pause() {
        return pause;
    }
}
