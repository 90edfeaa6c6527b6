package dev.likeness.app.worker;

import dev.likeness.app.job.Failure;

/** An exception that knows which failure a client is told. */
interface ExplainedException {

    /** @param model the base model in use when the task failed */
    Failure failure(String model);
}
