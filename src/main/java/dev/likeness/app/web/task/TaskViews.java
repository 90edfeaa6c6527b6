package dev.likeness.app.web.task;

import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.UnknownIdException;
import java.util.UUID;

/** The views of one kind of task, as the API shows them. */
public interface TaskViews {

    TaskRef.Kind kind();

    /** @throws UnknownIdException unless there is such a task */
    Object get(UUID id);
}
