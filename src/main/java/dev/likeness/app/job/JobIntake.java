package dev.likeness.app.job;

import dev.likeness.app.memory.MemoryPlanning;
import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.task.QuotaExceededException;
import dev.likeness.app.task.TaskQueue;
import dev.likeness.app.task.TaskRef;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** Drafts and submits jobs. */
@Service
@Transactional
public class JobIntake {

    private final JobRepository jobs;
    private final JobSpecs specs;
    private final MemoryPlanning planning;
    private final Subjects subjects;
    private final JobQuota quota;
    private final TaskQueue queue;
    private final Clock clock;

    JobIntake(
            JobRepository jobs,
            JobSpecs specs,
            MemoryPlanning planning,
            Subjects subjects,
            JobQuota quota,
            TaskQueue queue,
            Clock clock) {
        this.jobs = jobs;
        this.specs = specs;
        this.planning = planning;
        this.subjects = subjects;
        this.quota = quota;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Resolves and checks a spec, before any picture is decoded, and plans the job's memory.
     *
     * @param spec as the client sent it, any part of {@link JobSpec}
     * @throws InvalidSpecException if a field is invalid
     * @throws PlanDoesNotFitException if the job needs more memory than any active worker has
     */
    public JobDraft draft(@Nullable String classWord, ObjectNode spec) {
        JobDraft draft = specs.resolve(classWord, spec);
        return planning.plan(draft.spec(), spec)
                .map(planned -> new JobDraft(draft.classWord(), planned.spec(), planned.memory()))
                .orElse(draft);
    }

    /**
     * Submits a job for an existing subject, with that subject's captions if the draft asks for them.
     *
     * @throws UnknownSubjectException if the subject does not exist
     * @throws InvalidSpecException if its base job was deleted since the draft, or captions, masks or crop boxes are missing
     * @throws QuotaExceededException if the current owner has as many unfinished jobs as allowed
     */
    public Job submit(UUID subjectId, JobDraft draft) {
        claim(draft);
        Subject subject = subjects.lock(subjectId);
        draft.check(subject);
        return save(subjectId, draft, draft.captions(subject.pictures().size(), subject.captions()));
    }

    /**
     * Submits a job for an existing subject with captions of an earlier job.
     *
     * @throws UnknownSubjectException if the subject does not exist
     * @throws InvalidSpecException if its base job was deleted since the draft, or masks or crop boxes are missing
     * @throws QuotaExceededException if the current owner has as many unfinished jobs as allowed
     */
    Job submit(UUID subjectId, JobDraft draft, List<Caption> captions) {
        claim(draft);
        draft.check(subjects.lock(subjectId));
        return save(subjectId, draft, captions);
    }

    /**
     * Submits a job for a subject that the caller's transaction has created.
     *
     * @param captions from {@link JobDraft#captions}
     * @throws InvalidSpecException if its base job was deleted since the draft, or masks are missing
     * @throws QuotaExceededException if the current owner has as many unfinished jobs as allowed
     */
    public Job submit(Subject created, JobDraft draft, List<Caption> captions) {
        claim(draft);
        draft.check(created);
        return save(created.id(), draft, captions);
    }

    /**
     * Refuses what {@link #submit} refuses, and stores nothing.
     *
     * @param subject null if its pictures are not uploaded yet
     * @throws InvalidSpecException if its base job was deleted since the draft, or captions, masks or crop boxes are missing
     * @throws QuotaExceededException if the current owner has as many unfinished jobs as allowed
     */
    public void check(@Nullable Subject subject, JobDraft draft) {
        claim(draft);
        if (subject == null) {
            draft.captions(draft.spec().training().captions().texts().size(), List.of());
        } else {
            draft.check(subject);
            draft.captions(subject.pictures().size(), subject.captions());
        }
    }

    /** The base job stays locked until the transaction ends. */
    private void claim(JobDraft draft) {
        quota.claim();
        specs.hold(draft.spec());
        UUID base = draft.spec().baseJobId();
        if (base != null) {
            Job below = jobs.findLockedById(base)
                    .orElseThrow(() -> new InvalidSpecException(List.of(BaseJobs.missing(base))));
            BaseJobs.checkStatus(below).ifPresent(it -> {
                throw new InvalidSpecException(List.of(it));
            });
        }
    }

    private Job save(UUID subjectId, JobDraft draft, List<Caption> captions) {
        Job job = jobs.save(new Job(subjectId, draft, captions, clock.instant()));
        queue.enqueue(new TaskRef(TaskRef.Kind.JOB, job.id()));
        return job;
    }
}
