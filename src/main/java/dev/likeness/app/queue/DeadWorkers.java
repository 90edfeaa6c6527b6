package dev.likeness.app.queue;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import dev.likeness.app.task.LostTasks;
import dev.likeness.app.task.TaskRef;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Returns the tasks of dead workers to the queue. A returned task keeps its place in the queue. db-scheduler's own
 * handler would put it behind all waiting tasks.
 */
final class DeadWorkers implements DeadExecutionHandler<TaskOrigin> {

    private static final Logger log = LoggerFactory.getLogger(DeadWorkers.class);

    private final DatabaseVisibility visibility;
    private final Predicate<Execution> runsHere;
    private final Predicate<String> killedForMemory;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final LostTasks tasks;

    /** @param killedForMemory whether the kernel has killed a worker, given by its id, for lack of memory */
    DeadWorkers(
            DatabaseVisibility visibility,
            Predicate<Execution> runsHere,
            Predicate<String> killedForMemory,
            Rescue rescue) {
        this.visibility = visibility;
        this.runsHere = runsHere;
        this.killedForMemory = killedForMemory;
        this.jdbc = rescue.jdbc();
        this.transactions = rescue.transactions();
        this.tasks = rescue.tasks();
    }

    @Override
    public void deadExecution(ExecutionComplete complete, ExecutionOperations<TaskOrigin> operations) {
        Execution execution = complete.getExecution();
        if (!visibility.isLongEnough() || runsHere.test(execution)) {
            return;
        }
        TaskRef task = TaskNames.task(execution.taskInstance);
        boolean forMemory = killedForMemory.test(execution.pickedBy);
        Optional<Boolean> waits = transactions.execute(
                status -> stillDead(execution) ? Optional.of(tasks.workerLost(task, forMemory)) : Optional.empty());
        if (waits == null || waits.isEmpty()) {
            return;
        }
        log.warn("Worker {} is dead: {} {}", execution.pickedBy, task, waits.get() ? "is queued again" : "is final");
        if (waits.get()) {
            operations.reschedule(complete, execution.executionTime);
        } else {
            operations.stop();
        }
    }

    /** Whether the task is still to be rescued. Locks it until the transaction's end. */
    private boolean stillDead(Execution execution) {
        return jdbc.sql(
                        "select 1 from scheduled_tasks where task_name = ? and task_instance = ? and version = ? for update")
                .params(execution.taskInstance.getTaskName(), execution.taskInstance.getId(), execution.version)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** The parts of a rescue. */
    @Component
    record Rescue(JdbcClient jdbc, TransactionTemplate transactions, LostTasks tasks) {}
}
