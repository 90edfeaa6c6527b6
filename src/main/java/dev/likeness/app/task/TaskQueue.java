package dev.likeness.app.task;

import java.time.Instant;

/** Where tasks wait for a worker. Takes part in the caller's transaction. */
public interface TaskQueue {

    void enqueue(TaskRef task);

    /** Puts a task where its submission places it, unless it is in the queue. */
    void restore(TaskRef task, Instant submitted);

    /** Takes a waiting task out; does nothing if it is not waiting. */
    void remove(TaskRef task);
}
