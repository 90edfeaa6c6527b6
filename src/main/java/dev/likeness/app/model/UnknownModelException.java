package dev.likeness.app.model;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import org.springframework.util.StringUtils;

/** The model does not exist or cannot be used. The message names it, and is safe to show to any caller. */
public class UnknownModelException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason why a listed model cannot be used */
    UnknownModelException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** No model has this id. */
    public static UnknownModelException missing(String id) {
        return new UnknownModelException("there is no model " + id);
    }

    /** The reason; safe to show to any caller. */
    public String reason() {
        return reason;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.NOT_FOUND;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("reason", StringUtils.capitalize(reason));
    }
}
