package dev.likeness.app.worker.task;

import dev.likeness.app.queue.TaskHandler.Outcome;
import dev.likeness.app.task.TaskRef;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Runs the tasks of one kind. */
public interface TaskRunner {

    TaskRef.Kind kind();

    /**
     * Runs a task as far as it can.
     *
     * @param leaving whether the process is shutting down; called often
     */
    Outcome run(UUID id, BooleanSupplier leaving);
}
