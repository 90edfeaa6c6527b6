package dev.likeness.app.web.task;

import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.task.PriorityNotAllowedException;
import dev.likeness.app.task.Task;
import dev.likeness.app.task.TaskChanges;
import dev.likeness.app.webhook.JobWebhooks;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Submits tasks of any kind with their options, each in one transaction, and changes the options. */
@Component
public class TaskRequests {

    private final TaskChanges changes;
    private final JobWebhooks webhooks;
    private final TransactionTemplate transaction;

    TaskRequests(TaskChanges changes, JobWebhooks webhooks, PlatformTransactionManager transactions) {
        this.changes = changes;
        this.webhooks = webhooks;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Submits a task.
     *
     * @param request with the options among its fields; it is not changed
     * @param submission gets the other fields
     * @throws InvalidSpecException if an option is invalid
     * @throws PriorityNotAllowedException if the caller may not set the priority
     */
    public <T extends Task> T submit(ObjectNode request, Function<ObjectNode, T> submission) {
        ObjectNode rest = request.deepCopy();
        TaskOptions options = TaskOptions.take(rest);
        check(options);
        return submit(options, () -> submission.apply(rest));
    }

    /**
     * Checks options before any row is locked, because the name of a host is resolved.
     *
     * @throws InvalidSpecException if the caller may not name the receiver
     * @throws PriorityNotAllowedException if the caller may not set the priority
     */
    public void check(TaskOptions options) {
        TaskChanges.check(options.priority());
        if (options.webhook() != null) {
            webhooks.check(options.webhook());
        }
    }

    /** Submits a task with options that were checked before. */
    public <T extends Task> T submit(TaskOptions options, Supplier<T> submission) {
        return Objects.requireNonNull(transaction.execute(status -> {
            T task = submission.get();
            changes.apply(task, options.labels(), options.priority());
            if (options.webhook() != null) {
                webhooks.attach(task, options.webhook(), options.events());
            }
            return task;
        }));
    }

    /**
     * Reads a change, to be made in the transaction that finds the task.
     *
     * @param request {@link TaskChange}
     * @throws InvalidSpecException if it is invalid
     */
    public Consumer<Task> change(ObjectNode request) {
        TaskChange change = TaskChange.read(request);
        return task -> change.apply(task, changes);
    }
}
