package dev.likeness.app.worker.task;

import dev.likeness.app.task.Failure;

/** An exception that knows which failure a client is told. */
public interface ExplainedException {

    /** @param model the base model in use when the task failed */
    Failure failure(String model);
}
