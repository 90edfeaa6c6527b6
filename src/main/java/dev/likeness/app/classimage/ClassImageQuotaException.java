package dev.likeness.app.classimage;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;

/** The owner's class sets would have more images than allowed. */
public class ClassImageQuotaException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final int limit;
    private final long present;

    ClassImageQuotaException(int limit, long present) {
        super("%d class images".formatted(limit));
        this.limit = limit;
        this.present = present;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.QUOTA_EXCEEDED;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("limit", limit, "present", present);
    }
}
