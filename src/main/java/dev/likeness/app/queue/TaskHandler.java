package dev.likeness.app.queue;

import dev.likeness.app.task.TaskRef;
import dev.likeness.diffusion.wire.Wire;
import java.util.function.BooleanSupplier;

/** Runs leased tasks, one at a time. */
public interface TaskHandler {

    /**
     * Runs a task as far as possible. An exception is a failure of the surroundings, not of the task. The task is then
     * retried soon.
     *
     * @param leaving whether the process is about to end; called often
     */
    Outcome handle(TaskRef task, BooleanSupplier leaving);

    /** The outcome of a run. */
    enum Outcome implements Wire {
        /** The task is final or deleted. */
        DONE,
        /** The task is final, because it failed. */
        FAILED,
        /** The task waits for any worker, at its previous place in the queue. */
        GIVEN_BACK,
        /** The task waits for another worker, because this one cannot run it. */
        PASSED_ON,
        /** The lease was lost. Another worker may have the task. */
        NOT_OURS
    }
}
