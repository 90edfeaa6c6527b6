package dev.likeness.app.worker;

import dev.likeness.app.job.JobTask;
import dev.likeness.app.queue.TaskHandler.Outcome;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Works on tasks of one kind. Each kind has one bean of this type. */
interface TaskRunner {

    JobTask.Kind kind();

    /**
     * Takes a task as far as it can.
     *
     * @param leaving whether the process is about to end; asked often
     */
    Outcome run(UUID id, WarmPipeline warm, BooleanSupplier leaving);
}
