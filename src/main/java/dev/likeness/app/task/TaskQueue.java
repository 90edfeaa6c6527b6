package dev.likeness.app.task;

import java.time.Instant;

/** The queue of tasks that wait for a worker. Takes part in the caller's transaction. */
public interface TaskQueue {

    void enqueue(TaskRef task);

    /**
     * Restores a task's position, unless it is in the queue.
     *
     * @param submitted when it began to wait
     * @param place the earliest one is next
     */
    void restore(TaskRef task, Instant submitted, Instant place);

    /**
     * Gives a task of the queue another place; does nothing if it is not in the queue.
     *
     * @param place the earliest one is next
     */
    void move(TaskRef task, Instant place);

    /** Removes a waiting task; does nothing if it is not waiting. */
    void remove(TaskRef task);
}
