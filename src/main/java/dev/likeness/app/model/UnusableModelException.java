package dev.likeness.app.model;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import dev.likeness.diffusion.tensor.InvalidModelException;
import java.util.Map;

/** A model of the configuration cannot be used. The message names the model and the reason. */
public class UnusableModelException extends InvalidModelException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final String reason;

    UnusableModelException(String id, String reason) {
        super(message(id, reason));
        this.reason = reason;
    }

    UnusableModelException(String id, String reason, Throwable cause) {
        super(message(id, reason), cause);
        this.reason = reason;
    }

    private static String message(String id, String reason) {
        return "model %s cannot be used: %s".formatted(id, reason);
    }

    /** The reason without the model's id; safe to show to any caller. */
    public String reason() {
        return reason;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.INVALID_REQUEST;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("reason", String.valueOf(getMessage()));
    }
}
