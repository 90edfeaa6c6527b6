package dev.likeness.app.task;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.time.Duration;
import java.util.Map;

/** The owner has reached the maximum number of unfinished jobs. */
public class QuotaExceededException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final int limit;

    public QuotaExceededException(int limit) {
        super("%d unfinished jobs".formatted(limit));
        this.limit = limit;
    }

    /** The maximum number. */
    public int limit() {
        return limit;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.QUOTA_EXCEEDED;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("limit", limit);
    }

    /** An unfinished job ends at an unknown time. The value keeps clients from retrying too often. */
    @Override
    public Duration retryAfter() {
        return Duration.ofMinutes(1);
    }
}
