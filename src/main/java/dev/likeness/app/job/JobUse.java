package dev.likeness.app.job;

import dev.likeness.app.task.TaskRef;
import java.util.List;
import java.util.UUID;

/**
 * A kind of task that uses finished jobs. The deletion of a job calls all implementations, in the transaction that has
 * the job's row locked.
 */
public interface JobUse {

    /**
     * Refuses the deletion of a job while unfinished work of others needs its result.
     *
     * @throws JobInUseException if unfinished work needs it
     */
    void refuseRemoval(UUID jobId);

    /** Whether unfinished work needs the job, including its own work. The job does not expire before that ends. */
    boolean needs(UUID jobId);

    /** Tasks that are deleted with the job. */
    List<TaskRef> tasks(UUID jobId);

    /** Hashes of the files whose rows are deleted with the job. */
    List<String> files(UUID jobId);

    /** Called after the deletion of the job's row and of everything that references it. */
    void afterRemoval();
}
