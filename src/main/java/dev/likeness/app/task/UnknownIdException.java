package dev.likeness.app.task;

import java.util.UUID;

/** There is no such thing, or none for whoever asks. */
public class UnknownIdException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final UUID id;

    public UnknownIdException(Kind kind, UUID id) {
        super("no %s %s".formatted(kind, id));
        this.kind = kind;
        this.id = id;
    }

    public Kind kind() {
        return kind;
    }

    public UUID id() {
        return id;
    }

    /** What was looked for. */
    public enum Kind {
        JOB,
        GENERATION,
        CAPTIONS,
        EVALUATION,
        IMAGE,
        ARTIFACT,
        /** Of the job with the id. */
        REPORT,
        /** Of a webhook. */
        DELIVERY
    }
}
