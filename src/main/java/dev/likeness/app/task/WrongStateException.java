package dev.likeness.app.task;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** The current state of a task does not allow the requested operation. */
public class WrongStateException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final TaskStatus status;
    private final String refused;

    /**
     * @param refused the operation, to be read after "cannot be", for instance {@code canceled}
     */
    public WrongStateException(UUID id, TaskStatus status, String refused) {
        super("%s has the status %s and cannot be %s".formatted(id, status.wire(), refused));
        this.id = id;
        this.status = status;
        this.refused = refused;
    }

    public UUID id() {
        return id;
    }

    public TaskStatus status() {
        return status;
    }

    public String refused() {
        return refused;
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.WRONG_STATE;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("id", id, "status", status.wire(), "refused", refused);
    }
}
