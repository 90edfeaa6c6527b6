package dev.likeness.app.job;

import dev.likeness.app.caption.CaptionRunRepository;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deletes subjects that no job has. A subject's row is locked before its jobs are looked up, and so it is when a job is
 * submitted.
 */
@Service
@Transactional
public class SubjectRemoval {

    private final Subjects subjects;
    private final JobRepository jobs;
    private final CaptionRunRepository captions;
    private final TaskQueue queue;

    SubjectRemoval(Subjects subjects, JobRepository jobs, CaptionRunRepository captions, TaskQueue queue) {
        this.subjects = subjects;
        this.jobs = jobs;
        this.captions = captions;
        this.queue = queue;
    }

    /**
     * Deletes a subject with its pictures and captions.
     *
     * @throws UnknownSubjectException unless there is such a subject
     * @throws SubjectInUseException if a job uses it
     */
    public void delete(UUID id) {
        subjects.lock(id);
        if (jobs.existsBySubjectId(id)) {
            throw new SubjectInUseException(id);
        }
        remove(id);
    }

    /** Deletes a job's row. Also deletes a subject that was uploaded with a job, with its last job. */
    void removeWithItsJob(Job job) {
        Subject subject = subjects.lock(job.subjectId());
        jobs.deleteById(job.id());
        if (!subject.isStandalone() && !jobs.existsBySubjectId(subject.id())) {
            remove(subject.id());
        }
    }

    private void remove(UUID id) {
        captions.findIds(id).forEach(task -> queue.remove(new TaskRef(TaskRef.Kind.CAPTIONS, task)));
        subjects.delete(id);
    }
}
