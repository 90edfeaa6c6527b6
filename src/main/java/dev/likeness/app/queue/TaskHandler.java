package dev.likeness.app.queue;

import dev.likeness.app.job.JobTask;
import java.util.function.BooleanSupplier;

/** Works on leased tasks, one at a time. */
public interface TaskHandler {

    /**
     * Takes a task as far as it can. Whatever it throws is a failure of the surroundings, not of the task: the task is
     * tried again shortly.
     *
     * @param leaving whether the process is about to end; asked often
     */
    Outcome handle(JobTask task, BooleanSupplier leaving);

    /** What has become of a task. */
    enum Outcome {
        /** It is final, or gone. */
        DONE,
        /** It is final, because it could not be done. */
        FAILED,
        /** It waits for another worker, at the place it had. */
        GIVEN_BACK,
        /** It waits for another worker, because it is not for this one. */
        PASSED_ON,
        /** Somebody else has decided about it meanwhile, and may have it. Whoever is to have it is not ours to say. */
        NOT_OURS
    }
}
