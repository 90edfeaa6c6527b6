package dev.likeness.app.job;

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

    /** The worker is about to leave; somebody else shall go on. */
    void giveBack(Lease lease);

    /** What the worker is to do next. One select, without a lock. */
    Signal signal(Lease lease);
}
