package dev.likeness.app.task;

import dev.likeness.app.refusal.Refusal;
import dev.likeness.app.refusal.RefusalKind;
import java.util.Map;
import java.util.UUID;

/** The requested resource does not exist, or belongs to another owner. */
public class UnknownIdException extends RuntimeException implements Refusal {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final UUID id;

    public UnknownIdException(Kind kind, UUID id) {
        super("no %s %s".formatted(kind.words, id));
        this.kind = kind;
        this.id = id;
    }

    public UUID id() {
        return id;
    }

    /** Kind of the requested resource. */
    public enum Kind {
        JOB("job"),
        GENERATION("generation"),
        CAPTIONS("captions task"),
        EVALUATION("evaluation"),
        IMAGE("image"),
        ARTIFACT("artifact"),
        /** The id is that of the job. */
        REPORT("report of job"),
        /** A webhook delivery. */
        DELIVERY("delivery");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    @Override
    public RefusalKind kind() {
        return RefusalKind.NOT_FOUND;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("kind", kind.words, "id", id);
    }
}
