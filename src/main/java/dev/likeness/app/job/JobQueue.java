package dev.likeness.app.job;

/** Where tasks wait for a worker. Takes part in the caller's transaction. */
public interface JobQueue {

    void enqueue(JobTask task);

    /** Takes a waiting task out; does nothing if it is not waiting. */
    void remove(JobTask task);
}
