package dev.likeness.app.worker.task;

import dev.likeness.app.queue.TaskHandler;
import dev.likeness.app.task.NewerTasks;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.worker.InWorker;
import dev.likeness.diffusion.pipeline.DiffusionEngine;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Passes each task to the runner of its kind. Tasks with settings that this release does not know stay in the queue.
 */
@InWorker
@Component
class TaskDispatcher implements TaskHandler {

    private static final Logger log = LoggerFactory.getLogger(TaskDispatcher.class);

    private final NewerTasks newer;
    private final DurableWriter durable;
    private final DiffusionEngine engine;
    private final Map<TaskRef.Kind, TaskRunner> runners;

    /** @throws IllegalStateException if a kind of task has no runner, or two */
    TaskDispatcher(NewerTasks newer, DurableWriter durable, DiffusionEngine engine, List<TaskRunner> runners) {
        this.newer = newer;
        this.engine = engine;
        this.durable = durable;
        this.runners = byKind(runners);
    }

    static Map<TaskRef.Kind, TaskRunner> byKind(List<TaskRunner> runners) {
        Map<TaskRef.Kind, TaskRunner> byKind =
                runners.stream().collect(Collectors.toMap(TaskRunner::kind, Function.identity()));
        for (TaskRef.Kind kind : TaskRef.Kind.values()) {
            if (!byKind.containsKey(kind)) {
                throw new IllegalStateException("no runner for tasks of kind " + kind);
            }
        }
        return byKind;
    }

    @Override
    public Outcome handle(TaskRef task, BooleanSupplier leaving) {
        List<String> unknown = durable.read(() -> newer.unknownSettings(task));
        if (unknown.isEmpty()) {
            try {
                return runner(task.kind()).run(task.id(), leaving);
            } finally {
                releaseMemory();
            }
        }
        log.warn("{} waits for a worker of a newer release: this one does not know {}", task, unknown);
        return Outcome.PASSED_ON;
    }

    /** The heap keeps what a task has freed, for its next step. An idle worker leaves it to others. */
    private void releaseMemory() {
        try {
            engine.releaseMemory();
        } catch (RuntimeException e) {
            log.warn("free memory could not be returned", e);
        }
    }

    private TaskRunner runner(TaskRef.Kind kind) {
        return Objects.requireNonNull(runners.get(kind));
    }
}
