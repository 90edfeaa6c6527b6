package dev.likeness.app.task;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The type of each kind of task. */
@Component
public class TaskTypes {

    private final Map<TaskRef.Kind, TaskType> types = new EnumMap<>(TaskRef.Kind.class);

    TaskTypes(List<TaskType> types) {
        for (TaskType type : types) {
            if (this.types.put(type.kind(), type) != null) {
                throw new IllegalStateException("two types of task are of kind " + type.kind());
            }
        }
        for (TaskRef.Kind kind : TaskRef.Kind.values()) {
            of(kind);
        }
    }

    public final TaskType of(TaskRef.Kind kind) {
        TaskType type = types.get(kind);
        if (type == null) {
            throw new IllegalStateException("no type of task is of kind " + kind);
        }
        return type;
    }
}
