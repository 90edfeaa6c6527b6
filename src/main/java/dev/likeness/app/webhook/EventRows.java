package dev.likeness.app.webhook;

import dev.likeness.app.task.TaskRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;

/** How rows of events refer to their tasks. */
final class EventRows {

    /**
     * The body of an event that no delivery was made for yet. That of a job's end is null instead, because processes of the previous
     * release look for it, and know no other events.
     */
    static final String UNPREPARED = "";

    private EventRows() {}

    /** The column that refers to a task of a kind. */
    static String column(TaskRef.Kind kind) {
        return table(kind) + "_id";
    }

    static String table(TaskRef.Kind kind) {
        return switch (kind) {
            case JOB -> "job";
            case GENERATION -> "generation";
            case CAPTIONS -> "caption_task";
            case EVALUATION -> "evaluation";
        };
    }

    /** The task of an event's row. */
    static TaskRef task(ResultSet row) throws SQLException {
        for (TaskRef.Kind kind : TaskRef.Kind.values()) {
            UUID id = row.getObject(column(kind), UUID.class);
            if (id != null) {
                return new TaskRef(kind, id);
            }
        }
        throw new IllegalStateException("an event has no task of " + Arrays.toString(TaskRef.Kind.values()));
    }
}
