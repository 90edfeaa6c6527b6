package dev.likeness.app.caption;

import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.task.Failure;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.LeaseProgress;
import dev.likeness.app.task.Signal;
import dev.likeness.app.task.TaskSignals;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a worker says about captions that were asked for. Every method that takes a lease is one transaction that has the
 * task's row locked, and throws {@link LeaseLostException} if the lease is no longer the present one.
 */
@Service
@Transactional
public class CaptionProgress implements LeaseProgress {

    private final CaptionTaskRepository tasks;
    private final Subjects subjects;
    private final TaskSignals signals;
    private final Clock clock;

    CaptionProgress(CaptionTaskRepository tasks, Subjects subjects, TaskSignals signals, Clock clock) {
        this.tasks = tasks;
        this.subjects = subjects;
        this.signals = signals;
        this.clock = clock;
    }

    /**
     * Leases a task, also one that another worker has: that one's writes are refused from now on.
     *
     * @return empty if there is nothing to do: the task is final or gone, or was to be canceled and now is
     */
    public Optional<LeasedCaptions> lease(UUID id) {
        CaptionTask task = tasks.findLockedById(id).orElse(null);
        if (task == null || task.status().isFinal()) {
            return Optional.empty();
        }
        int attempt = task.lease(clock.instant());
        if (task.isCancelRequested()) {
            task.cancel(attempt, clock.instant());
            return Optional.empty();
        }
        Subject subject = subjects.get(task.subjectId());
        return Optional.of(new LeasedCaptions(new Lease(id, attempt), subject.id(), subject.classWord(), task.spec()));
    }

    public void start(Lease lease) {
        write(lease, CaptionTask::start);
    }

    /**
     * How many of the pictures are described.
     *
     * @param etaSeconds until the task is final, or null while nobody can tell
     */
    public void progress(Lease lease, int step, int total, @Nullable Integer etaSeconds) {
        write(lease, (task, attempt) -> task.progress(attempt, step, total, etaSeconds));
    }

    /**
     * Keeps what was proposed, for the subject too. Its row is locked first, as whoever deletes the subject does.
     *
     * @param captions one a picture
     */
    public void succeed(Lease lease, List<Caption> captions) {
        Subject subject = lockedSubject(lease);
        write(lease, (task, attempt) -> {
            task.succeed(attempt, captions, clock.instant());
            subject.propose(captions, task.createdAt());
        });
    }

    private Subject lockedSubject(Lease lease) {
        try {
            return subjects.lock(tasks.findSubjectId(lease.taskId()).orElseThrow(() -> lost(lease)));
        } catch (UnknownSubjectException e) {
            // The task has gone with it.
            throw lost(lease);
        }
    }

    @Override
    public void fail(Lease lease, Failure failure) {
        write(lease, (task, attempt) -> task.fail(attempt, failure, clock.instant()));
    }

    @Override
    public boolean outOfMemory(Lease lease) {
        write(lease, (task, attempt) -> task.outOfMemory(clock.instant()));
        return false;
    }

    /** The worker has stopped as it was asked to. */
    @Override
    public void canceled(Lease lease) {
        write(lease, (task, attempt) -> task.cancel(attempt, clock.instant()));
    }

    /** The worker is about to leave; the task waits for another one. */
    @Override
    public void giveBack(Lease lease) {
        write(lease, CaptionTask::giveBack);
    }

    @Override
    public boolean workerLost(UUID id, boolean killedForMemory) {
        CaptionTask task = tasks.findLockedById(id).orElse(null);
        if (task == null) {
            return false;
        }
        if (killedForMemory) {
            task.outOfMemory(clock.instant());
        } else {
            task.workerLost(clock.instant());
        }
        return !task.status().isFinal();
    }

    /** What the worker is to do next. One select, without a lock. */
    @Override
    @Transactional(readOnly = true)
    public Signal signal(Lease lease) {
        return signals.captions(lease);
    }

    private void write(Lease lease, BiConsumer<CaptionTask, Integer> change) {
        CaptionTask task = tasks.findLockedById(lease.taskId()).orElseThrow(() -> lost(lease));
        task.check(lease.attempt());
        change.accept(task, lease.attempt());
    }

    private static LeaseLostException lost(Lease lease) {
        return new LeaseLostException(lease.taskId(), lease.attempt());
    }
}
