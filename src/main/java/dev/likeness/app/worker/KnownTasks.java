package dev.likeness.app.worker;

import dev.likeness.app.job.JobTask;
import dev.likeness.app.job.NewerTasks;
import dev.likeness.app.queue.TaskHandler;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves tasks that ask for what this release does not know to workers that do. */
record KnownTasks(NewerTasks newer, Ledger ledger, TaskHandler handler) implements TaskHandler {

    private static final Logger log = LoggerFactory.getLogger(KnownTasks.class);

    @Override
    public Outcome handle(JobTask task, BooleanSupplier leaving) {
        List<String> unknown = ledger.read(() -> newer.unknownSettings(task));
        if (unknown.isEmpty()) {
            return handler.handle(task, leaving);
        }
        log.warn("{} waits for a worker of a newer release: this one does not know {}", task, unknown);
        return Outcome.PASSED_ON;
    }
}
