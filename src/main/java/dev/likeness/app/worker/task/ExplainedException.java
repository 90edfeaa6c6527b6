package dev.likeness.app.worker.task;

import dev.likeness.app.task.Failure;

/** An exception that determines the failure shown to clients. */
public interface ExplainedException {

    /** @param model the base model in use when the task failed */
    Failure failure(String model);
}
