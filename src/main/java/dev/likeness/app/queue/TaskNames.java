package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.task.Priority;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskType;
import dev.likeness.diffusion.wire.Wire;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The names of tasks in db-scheduler. */
final class TaskNames {

    private TaskNames() {}

    static String of(TaskRef.Kind kind) {
        return kind.wire();
    }

    /** @param origin null if it is unknown */
    static TaskInstance<TaskOrigin> instance(TaskType type, UUID id, @Nullable TaskOrigin origin) {
        TaskInstance.Builder<TaskOrigin> instance =
                new TaskInstance.Builder<TaskOrigin>(of(type.kind()), id.toString()).priority(priority(type));
        return origin == null ? instance.build() : instance.data(origin).build();
    }

    static int priority(TaskType type) {
        return switch (type.priority()) {
            case MEDIUM -> Priority.MEDIUM;
            case HIGH -> Priority.HIGH;
        };
    }

    static TaskRef task(TaskInstanceId instance) {
        return new TaskRef(Wire.named(TaskRef.Kind.class, instance.getTaskName()), UUID.fromString(instance.getId()));
    }
}
