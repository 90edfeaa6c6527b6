package dev.likeness.app.upload;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.time.Duration;
import java.util.Map;

/** The owner has exceeded the limit of decoded pixels. */
public class TooManyPixelsException extends RuntimeException implements Refusal {

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

    @Override
    public RefusalKind kind() {
        return RefusalKind.RATE_LIMITED;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("seconds", pause.plusMillis(999).toSeconds());
    }

    @Override
    public Duration retryAfter() {
        return pause;
    }
}
