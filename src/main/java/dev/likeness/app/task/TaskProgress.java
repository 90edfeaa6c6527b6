package dev.likeness.app.task;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;

/**
 * Processes workers' reports about tasks of one kind. Every method with a lease is one transaction that locks the
 * task's row. It throws {@link LeaseLostException} unless the lease is the current one.
 *
 * @param <T> a task
 * @param <L> a task in the form for workers
 */
@Transactional
public abstract class TaskProgress<T extends Task, L> implements LeaseProgress {

    private final TaskRef.Kind kind;
    private final TaskRepository<T> tasks;
    private final TaskSignals signals;
    private final Clock clock;

    protected TaskProgress(TaskRef.Kind kind, TaskRepository<T> tasks, TaskSignals signals, Clock clock) {
        this.kind = kind;
        this.tasks = tasks;
        this.signals = signals;
        this.clock = clock;
    }

    /**
     * Leases a task, even if another worker has it: later writes of that worker are refused.
     *
     * @return empty if there is nothing to do: the task is final or deleted, or this call has completed a requested
     *     cancellation
     */
    public Optional<L> lease(UUID id) {
        T task = tasks.findLockedById(id).orElse(null);
        if (task == null || task.status().isFinal()) {
            return Optional.empty();
        }
        int attempt = task.lease(now());
        if (task.isCancelRequested()) {
            task.cancel(attempt, now());
            tasks.save(task);
            return Optional.empty();
        }
        return Optional.of(leased(task));
    }

    protected abstract L leased(T task);

    /** The worker begins: status {@code processing}. */
    public void start(Lease lease) {
        write(lease, (task, attempt) -> {
            task.start(attempt);
            task.tellStart(now());
            started(task);
        });
    }

    /** Called in the transaction that starts a task. */
    protected void started(T task) {}

    /**
     * Sets the progress. Call it about once per second, not for every step.
     *
     * @param etaSeconds remaining seconds until the task is final, or null if unknown
     */
    public void progress(Lease lease, int step, int total, @Nullable Integer etaSeconds) {
        write(lease, (task, attempt) -> {
            task.progress(attempt, step, total, etaSeconds);
            task.tellProgress(now());
            progressed(task);
        });
    }

    /** Called in the transaction that sets the progress of a task. */
    protected void progressed(T task) {}

    @Override
    public void fail(Lease lease, Failure failure) {
        write(lease, (task, attempt) -> task.fail(attempt, failure, now()));
    }

    @Override
    public boolean outOfMemory(Lease lease) {
        T task = locked(lease);
        runWithLess(task);
        tasks.save(task);
        return !task.status().isFinal();
    }

    /** Queues a leased task that ran out of memory again, to run with less; fails it if that is impossible. */
    protected abstract void runWithLess(T task);

    @Override
    public void canceled(Lease lease) {
        write(lease, (task, attempt) -> task.cancel(attempt, now()));
    }

    @Override
    public void giveBack(Lease lease) {
        write(lease, Task::giveBack);
    }

    @Override
    public boolean workerLost(UUID id, boolean killedForMemory) {
        T task = tasks.findLockedById(id).orElse(null);
        if (task == null) {
            return false;
        }
        if (killedForMemory && task.status().isLeased()) {
            runWithLess(task);
        } else {
            task.workerLost(now());
        }
        tasks.save(task);
        return !task.status().isFinal();
    }

    @Override
    public boolean cancelAtDeadline(UUID id, Instant now) {
        T task = tasks.findLockedById(id).orElse(null);
        Instant deadline = task == null ? null : task.cancelAt();
        if (task == null
                || deadline == null
                || deadline.isAfter(now)
                || task.status().isFinal()
                || task.isCancelRequested()) {
            return false;
        }
        late(task);
        task.requestCancel(CancelReason.DEADLINE, now);
        tasks.save(task);
        return task.status().isFinal();
    }

    /** Called in the transaction that cancels a task at its deadline, before that. */
    protected void late(T task) {}

    @Override
    @Transactional(readOnly = true)
    public Signal signal(Lease lease) {
        return signals.ask(kind, lease);
    }

    /** Changes a task for its worker. */
    protected void write(Lease lease, BiConsumer<T, Integer> change) {
        T task = locked(lease);
        change.accept(task, lease.attempt());
        tasks.save(task);
    }

    /** A task with its row locked, for its worker. */
    protected T locked(Lease lease) {
        T task = tasks.findLockedById(lease.taskId())
                .orElseThrow(() -> new LeaseLostException(lease.taskId(), lease.attempt()));
        task.check(lease.attempt());
        return task;
    }

    protected Instant now() {
        return clock.instant();
    }
}
