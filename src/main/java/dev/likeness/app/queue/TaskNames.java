package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.task.Priority;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.likeness.app.job.JobTask;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What db-scheduler calls our tasks. */
final class TaskNames {

    private TaskNames() {}

    static String of(JobTask.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** @param origin null if nobody knows any more */
    static TaskInstance<TaskOrigin> instance(JobTask task, @Nullable TaskOrigin origin) {
        TaskInstance.Builder<TaskOrigin> instance = new TaskInstance.Builder<TaskOrigin>(
                        of(task.kind()), task.id().toString())
                .priority(priority(task.kind()));
        return origin == null ? instance.build() : instance.data(origin).build();
    }

    /** Images and captions take seconds, training and tables take minutes or hours: nobody need wait behind those. */
    static int priority(JobTask.Kind kind) {
        return switch (kind) {
            case JOB, EVALUATION -> Priority.MEDIUM;
            case GENERATION, CAPTIONS -> Priority.HIGH;
        };
    }

    static JobTask task(TaskInstanceId instance) {
        return new JobTask(
                JobTask.Kind.valueOf(instance.getTaskName().toUpperCase(Locale.ROOT)),
                UUID.fromString(instance.getId()));
    }
}
