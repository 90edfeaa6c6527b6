package dev.likeness.app.task;

/**
 * One kind of task. Each kind has one bean of this type.
 *
 * @param table of the tasks; it has the columns of {@link Task} and {@code spec}
 * @param spec type of the settings in the column {@code spec}
 * @param progress processes workers' reports about the tasks
 */
public record TaskType(TaskRef.Kind kind, String table, Class<?> spec, Priority priority, LeaseProgress progress) {

    /** Determines which waiting tasks workers take first. */
    public enum Priority {
        /** Takes minutes or hours. */
        MEDIUM,
        /** Takes seconds, so it does not wait behind longer tasks. */
        HIGH
    }
}
