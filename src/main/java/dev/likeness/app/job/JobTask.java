package dev.likeness.app.job;

import java.util.UUID;

/** A job or a generation, as the queue knows it. */
public record JobTask(Kind kind, UUID id) {

    /** What is to be done. */
    public enum Kind {
        JOB,
        GENERATION
    }
}
