package dev.likeness.app.job;

import dev.likeness.app.task.TaskRef;
import java.util.List;
import java.util.UUID;

/**
 * A kind of task that works with finished jobs. Deleting a job asks all kinds, in the transaction that has the job's row
 * locked.
 */
public interface JobUse {

    /**
     * Refuses that a job is deleted while unfinished work of others needs its result.
     *
     * @throws JobInUseException if it does
     */
    void refuseRemoval(UUID jobId);

    /** Whether unfinished work needs the job, its own work included: the job expires only after that. */
    boolean needs(UUID jobId);

    /** Tasks that are deleted with the job. */
    List<TaskRef> tasks(UUID jobId);

    /** Hashes of the files whose rows are deleted with the job. */
    List<String> files(UUID jobId);

    /** Called after the job's row and everything that refers to it were deleted. */
    void afterRemoval();
}
