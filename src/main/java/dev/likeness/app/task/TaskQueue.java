package dev.likeness.app.task;

import java.time.Instant;

/** The queue of tasks that wait for a worker. Takes part in the caller's transaction. */
public interface TaskQueue {

    void enqueue(TaskRef task);

    /** Restores a task's position by its time of submission, unless it is in the queue. */
    void restore(TaskRef task, Instant submitted);

    /** Removes a waiting task; does nothing if it is not waiting. */
    void remove(TaskRef task);
}
