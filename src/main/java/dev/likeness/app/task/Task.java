package dev.likeness.app.task;

import jakarta.persistence.Embedded;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * A job, a generation, captions or an evaluation: work that a worker leases and that can be canceled.
 *
 * <p>{@code queued -> starting -> processing -> succeeded | failed | canceled}, and back to {@code queued} when a
 * worker is lost or returns the task. Every write of a worker carries its attempt. A write with another than the
 * current attempt is refused with {@link LeaseLostException}.
 *
 * <p>Only changed columns are written ({@code @DynamicUpdate}), because a column may contain fields of a newer release.
 */
@MappedSuperclass
public abstract class Task extends Requested {

    private static final int LOST_WORKERS_ALLOWED = 2;

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private TaskStatus status;

    private int progressStep;
    private int progressTotal;
    private @Nullable Integer etaSeconds;
    private int attempt;
    private int lostWorkers;
    private int memoryShortages;
    private boolean cancelRequested;

    @Enumerated(EnumType.STRING)
    private @Nullable CancelReason cancelReason;

    private @Nullable Instant cancelAt;

    @Embedded
    private @Nullable Failure error;

    private Instant createdAt;
    private @Nullable Instant startedAt;
    private @Nullable Instant completedAt;

    @Version
    private @Nullable Integer version;

    @SuppressWarnings("NullAway.Init") // for JPA
    protected Task() {}

    protected Task(Instant now) {
        this.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        this.status = TaskStatus.QUEUED;
        this.createdAt = now;
        this.cancelAt = Deadline.of(now);
    }

    /**
     * Leases the task to a worker, even if another worker has it: only the last lease is valid.
     *
     * @return the attempt for the worker's writes
     * @throws WrongStateException if the task is final
     */
    public int lease(Instant now) {
        if (status.isFinal()) {
            throw new WrongStateException(id, status, "leased");
        }
        status = TaskStatus.STARTING;
        if (startedAt == null) {
            startedAt = now;
        }
        return ++attempt;
    }

    /** The worker begins. */
    public void start(int attempt) {
        check(attempt);
        status = TaskStatus.PROCESSING;
    }

    /**
     * Sets the worker's progress.
     *
     * @param etaSeconds remaining seconds until the task is final, or null if unknown
     */
    public void progress(int attempt, int step, int total, @Nullable Integer etaSeconds) {
        check(attempt);
        this.progressStep = step;
        this.progressTotal = total;
        this.etaSeconds = etaSeconds;
    }

    public void fail(int attempt, Failure failure, Instant now) {
        check(attempt);
        fail(failure, now);
    }

    /** The worker has stopped as requested. */
    public void cancel(int attempt, Instant now) {
        check(attempt);
        complete(TaskStatus.CANCELED, now);
    }

    /** The worker is shutting down, and another worker continues the task. */
    public void giveBack(int attempt) {
        check(attempt);
        enqueueAgain();
    }

    /**
     * Cancels a waiting task at once, and asks the worker of a running one to stop.
     *
     * @throws WrongStateException if the task is final
     */
    public void requestCancel(Instant now) {
        requestCancel(CancelReason.REQUEST, now);
    }

    /** As {@link #requestCancel(Instant)}, for a reason. The first reason stays. */
    void requestCancel(CancelReason reason, Instant now) {
        if (status.isFinal()) {
            throw new WrongStateException(id, status, "canceled");
        }
        if (!cancelRequested) {
            cancelReason = reason;
        }
        cancelRequested = true;
        if (status == TaskStatus.QUEUED) {
            complete(TaskStatus.CANCELED, now);
        }
    }

    /**
     * The task's worker is lost. The task is queued again, unless its cancellation was requested or this is the third
     * lost worker.
     */
    public void workerLost(Instant now) {
        if (!status.isLeased()) {
            return;
        }
        lostWorkers++;
        if (cancelRequested) {
            complete(TaskStatus.CANCELED, now);
        } else if (lostWorkers > LOST_WORKERS_ALLOWED) {
            fail(
                    new Failure(
                            ErrorCode.WORKER_LOST,
                            "%d workers ended unexpectedly while they ran this task".formatted(lostWorkers)),
                    now);
        } else {
            enqueueAgain();
        }
    }

    /**
     * The task ran out of memory, and its worker may have been lost with it. The task is queued again to run with less
     * memory, unless its cancellation was requested.
     *
     * @param last the failure if the task cannot run with less memory; null if it can
     */
    public void outOfMemory(@Nullable Failure last, Instant now) {
        if (!status.isLeased()) {
            return;
        }
        memoryShortages++;
        if (cancelRequested) {
            complete(TaskStatus.CANCELED, now);
        } else if (last != null) {
            fail(last, now);
        } else {
            enqueueAgain();
        }
    }

    /**
     * Queues a final task once more.
     *
     * @throws WrongStateException if the task is not final
     */
    protected void reopen() {
        if (!status.isFinal()) {
            throw new WrongStateException(id, status, "run again");
        }
        status = TaskStatus.QUEUED;
        completedAt = null;
        error = null;
        cancelRequested = false;
        cancelReason = null;
        cancelAt = null;
        lostWorkers = 0;
        memoryShortages = 0;
        progressStep = 0;
        progressTotal = 0;
    }

    /** Refuses a write unless its lease is the current one. */
    public void check(int attempt) {
        if (attempt != this.attempt || !status.isLeased()) {
            throw new LeaseLostException(id, attempt);
        }
    }

    /** Clears the error. */
    protected void forgive() {
        error = null;
    }

    /** Makes the task final. */
    protected void complete(TaskStatus status, Instant now) {
        this.status = status;
        this.completedAt = now;
        this.etaSeconds = null;
        registerEvent(new TaskNews(ref(), WebhookEvent.COMPLETED, status, now));
    }

    /** The worker has begun. */
    void tellStart(Instant now) {
        if (tellsStart(now)) {
            registerEvent(new TaskNews(ref(), WebhookEvent.START, status, now));
        }
    }

    /** The worker has made progress. */
    protected void tellProgress(Instant now) {
        if (tellsProgress(now)) {
            registerEvent(new TaskNews(ref(), WebhookEvent.PROGRESS, status, now));
        }
    }

    /** Lets the task wait for another worker. */
    protected void enqueueAgain() {
        status = TaskStatus.QUEUED;
        etaSeconds = null;
    }

    private void fail(Failure failure, Instant now) {
        error = failure;
        complete(TaskStatus.FAILED, now);
    }

    @Override
    public UUID id() {
        return id;
    }

    public abstract TaskRef.Kind kind();

    public TaskRef ref() {
        return new TaskRef(kind(), id);
    }

    @Override
    protected Instant waitsSince() {
        return createdAt;
    }

    public TaskStatus status() {
        return status;
    }

    /** Completed steps of the current phase. */
    public int progressStep() {
        return progressStep;
    }

    /** Total steps of the current phase; 0 if unknown. */
    public int progressTotal() {
        return progressTotal;
    }

    public @Nullable Integer etaSeconds() {
        return etaSeconds;
    }

    /** Number of leases. */
    public int attempt() {
        return attempt;
    }

    public int lostWorkers() {
        return lostWorkers;
    }

    /** How often the task ran out of memory. */
    public int memoryShortages() {
        return memoryShortages;
    }

    public boolean isCancelRequested() {
        return cancelRequested;
    }

    /** Why its cancellation was requested; null if it was not, and for tasks of earlier releases. */
    public @Nullable CancelReason cancelReason() {
        return cancelReason;
    }

    /** When it is canceled unless it is final; null for never. */
    public @Nullable Instant cancelAt() {
        return cancelAt;
    }

    public @Nullable Failure error() {
        return error;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When a worker first leased it. */
    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant completedAt() {
        return completedAt;
    }
}
