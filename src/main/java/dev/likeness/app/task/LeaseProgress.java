package dev.likeness.app.task;

import java.util.UUID;

/**
 * What a worker may have to say about anything it has leased. Throws {@link LeaseLostException} if the lease is no longer
 * the present one.
 */
public interface LeaseProgress {

    void fail(Lease lease, Failure failure);

    /**
     * There was less memory than the task takes.
     *
     * @return whether it waits to be run once more, with less; otherwise it has failed
     */
    boolean outOfMemory(Lease lease);

    /** The worker has stopped as it was asked to. */
    void canceled(Lease lease);

    /** The worker is about to leave, and another one is to continue. */
    void giveBack(Lease lease);

    /**
     * The worker that had the task is gone.
     *
     * @param killedForMemory whether the kernel has killed it because there was no memory left
     * @return whether the task waits for another worker now; otherwise it is final, or gone
     */
    boolean workerLost(UUID id, boolean killedForMemory);

    /** Whether a task that a worker has finished was queued again meanwhile. */
    default boolean waitsAgain(UUID id) {
        return false;
    }

    /** What the worker is to do next. One select, without a lock. */
    Signal signal(Lease lease);
}
