package dev.likeness.app.task;

/**
 * One kind of task. Each kind has one bean of this type.
 *
 * @param table whose rows are the tasks; has the columns of {@link Task} and {@code spec}
 * @param spec type of the settings in the column {@code spec}
 * @param progress takes what workers report about the tasks
 */
public record TaskType(TaskRef.Kind kind, String table, Class<?> spec, Priority priority, LeaseProgress progress) {

    /** Which waiting tasks a worker takes first. */
    public enum Priority {
        /** Takes minutes or hours. */
        MEDIUM,
        /** Takes seconds, so it does not wait behind longer tasks. */
        HIGH
    }
}
