package dev.likeness.app.job;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** Training cannot continue from a job, because its state is not kept. */
public class TrainingStateGoneException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final boolean deleted;
    private final String reason;

    /**
     * @param deleted whether there was a state
     * @param reason why it is missing, as a sentence without its end
     */
    TrainingStateGoneException(UUID id, boolean deleted, String reason) {
        super("job %s has no training state: %s".formatted(id, reason));
        this.id = id;
        this.deleted = deleted;
        this.reason = reason;
    }

    @Override
    public RefusalKind kind() {
        return deleted ? RefusalKind.GONE : RefusalKind.WRONG_STATE;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("id", id, "reason", reason);
    }
}
