package dev.likeness.app.subject;

import java.time.Duration;

/** The owner has exceeded the limit of decoded pixels. */
public class TooManyPixelsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration pause;

    TooManyPixelsException(Duration pause) {
        super("too many pixels within a minute");
        this.pause = pause;
    }

    /** The time after which the same pictures can be decoded. */
    public Duration pause() {
        return pause;
    }
}
