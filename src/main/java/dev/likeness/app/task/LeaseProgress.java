package dev.likeness.app.task;

import java.time.Instant;
import java.util.UUID;

/**
 * Reports of a worker about a leased task of any kind. Methods throw {@link LeaseLostException} if the lease is no
 * longer the current one.
 */
public interface LeaseProgress {

    void fail(Lease lease, Failure failure);

    /**
     * The task ran out of memory.
     *
     * @return whether the task is queued again to run with less memory; otherwise it has failed
     */
    boolean outOfMemory(Lease lease);

    /** The worker has stopped as requested. */
    void canceled(Lease lease);

    /** The worker is about to leave, and another one is to continue. */
    void giveBack(Lease lease);

    /**
     * The task's worker is lost.
     *
     * @param killedForMemory whether the kernel killed it because memory ran out
     * @return whether the task is queued for another worker; otherwise it is final or deleted
     */
    boolean workerLost(UUID id, boolean killedForMemory);

    /**
     * Cancels a task that is not final at its deadline: a waiting one at once; the worker of a running one is asked to stop.
     *
     * @return whether it was waiting
     */
    boolean cancelAtDeadline(UUID id, Instant now);

    /** Whether a task was queued again after a worker finished it. */
    default boolean waitsAgain(UUID id) {
        return false;
    }

    /** What the worker must do next. One select, without a lock. */
    Signal signal(Lease lease);
}
