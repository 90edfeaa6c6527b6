package dev.likeness.app.task;

import java.util.UUID;

/** A job, a generation, captions or an evaluation, as the queue knows them. */
public record JobTask(Kind kind, UUID id) {

    /** What is to be done. */
    public enum Kind {
        JOB,
        GENERATION,
        CAPTIONS,
        EVALUATION
    }
}
