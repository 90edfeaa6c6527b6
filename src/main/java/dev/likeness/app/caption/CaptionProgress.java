package dev.likeness.app.caption;

import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.task.Lease;
import dev.likeness.app.task.LeaseLostException;
import dev.likeness.app.task.TaskProgress;
import dev.likeness.app.task.TaskRef;
import dev.likeness.app.task.TaskSignals;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Processes workers' reports about proposed captions. */
@Service
@Transactional
public class CaptionProgress extends TaskProgress<CaptionRun, LeasedCaptions> {

    private final CaptionRunRepository tasks;
    private final Subjects subjects;

    CaptionProgress(CaptionRunRepository tasks, Subjects subjects, TaskSignals signals, Clock clock) {
        super(TaskRef.Kind.CAPTIONS, tasks, signals, clock);
        this.tasks = tasks;
        this.subjects = subjects;
    }

    @Override
    protected LeasedCaptions leased(CaptionRun task) {
        Subject subject = subjects.get(task.subjectId());
        return new LeasedCaptions(new Lease(task.id(), task.attempt()), subject.id(), subject.classWord(), task.spec());
    }

    /**
     * Keeps what was proposed, for the subject too. Its row is locked first, in the order of a deletion of the subject.
     *
     * @param captions one per picture
     */
    public void succeed(Lease lease, List<Caption> captions) {
        Subject subject = lockedSubject(lease);
        write(lease, (task, attempt) -> {
            task.succeed(attempt, captions, now());
            subject.propose(captions, task.createdAt());
        });
    }

    private Subject lockedSubject(Lease lease) {
        try {
            return subjects.lock(tasks.findSubjectId(lease.taskId()).orElseThrow(() -> lost(lease)));
        } catch (UnknownSubjectException e) {
            // The task was deleted with its subject.
            throw lost(lease);
        }
    }

    @Override
    protected void runWithLess(CaptionRun task) {
        task.outOfMemory(now());
    }

    private static LeaseLostException lost(Lease lease) {
        return new LeaseLostException(lease.taskId(), lease.attempt());
    }
}
