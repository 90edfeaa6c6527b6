package dev.likeness.app.task;

import dev.likeness.diffusion.wire.Wire;
import java.util.UUID;

/** Identifies a task: a job, a generation, captions or an evaluation. */
public record TaskRef(Kind kind, UUID id) {

    /** Kinds of task. */
    public enum Kind implements Wire {
        JOB,
        GENERATION,
        CAPTIONS,
        EVALUATION
    }
}
