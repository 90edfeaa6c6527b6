package dev.likeness.app.task;

import java.util.Locale;
import java.util.UUID;

/** Identifies a task: a job, a generation, captions or an evaluation. */
public record TaskRef(Kind kind, UUID id) {

    /** Kinds of task. */
    public enum Kind {
        JOB,
        GENERATION,
        CAPTIONS,
        EVALUATION;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** The name in the database, the queue and metrics. */
        public String wire() {
            return wire;
        }

        /** The kind with a name. */
        public static Kind of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }
}
