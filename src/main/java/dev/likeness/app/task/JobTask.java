package dev.likeness.app.task;

import java.util.Locale;
import java.util.UUID;

/** A job, a generation, captions or an evaluation, as the queue knows them. */
public record JobTask(Kind kind, UUID id) {

    /** What is to be done. */
    public enum Kind {
        JOB,
        GENERATION,
        CAPTIONS,
        EVALUATION;

        private final String wire = name().toLowerCase(Locale.ROOT);

        /** The name in the database, the queue and figures. */
        public String wire() {
            return wire;
        }

        /** The kind of a name. */
        public static Kind of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }
}
