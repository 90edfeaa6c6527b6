package dev.likeness.app.job;

import dev.likeness.app.memory.PlanDoesNotFitException;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.spec.JobSpec;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.task.QuotaExceededException;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** Copies of jobs with changed settings. */
@Service
@Transactional
public class JobCopies {

    private final JobRepository jobs;
    private final JobSpecs specs;
    private final JobIntake intake;
    private final Subjects subjects;

    JobCopies(JobRepository jobs, JobSpecs specs, JobIntake intake, Subjects subjects) {
        this.jobs = jobs;
        this.specs = specs;
        this.intake = intake;
        this.subjects = subjects;
    }

    /**
     * Checks that a job exists, before anything else of a request is checked.
     *
     * @throws UnknownIdException if it does not
     */
    @Transactional(readOnly = true)
    public void check(UUID id) {
        job(id);
    }

    private Job job(UUID id) {
        return jobs.findById(id).orElseThrow(() -> new UnknownIdException(Kind.JOB, id));
    }

    /**
     * Resolves the settings of a copy: those that differ from the defaults of the job, changed by the request. So a copy with
     * another method or model has the defaults of that one.
     *
     * @param classWord null for that of the job
     * @param changes any part of {@link JobSpec}; null resets a field to its default
     * @throws UnknownIdException if the job does not exist
     * @throws InvalidSpecException if a field is invalid
     * @throws PlanDoesNotFitException if the copy needs more memory than any active worker has
     */
    public JobDraft draft(UUID id, @Nullable String classWord, ObjectNode changes) {
        Job job = job(id);
        return intake.draft(
                Objects.requireNonNullElse(classWord, job.classWord()),
                specs.changed(job.spec(), job.classWord(), changes));
    }

    /**
     * Submits a copy, with the pictures of the job, and with its captions unless the copy asks for other ones.
     *
     * @throws UnknownIdException if the job does not exist
     * @throws InvalidSpecException if its base job was deleted since the draft, or captions, masks or crop boxes are missing
     * @throws QuotaExceededException if the current owner has as many unfinished jobs as allowed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Job submit(UUID id, JobDraft draft) {
        Job job = jobs.findLockedById(id).orElseThrow(() -> new UnknownIdException(Kind.JOB, id));
        Subject subject = subjects.lock(job.subjectId());
        List<Caption> captions = keepsCaptions(job, draft)
                ? job.captions()
                : draft.captions(subject.pictures().size(), subject.captions());
        return intake.submit(subject.id(), draft, captions);
    }

    /** Whether the captions were made for the same words, from the same source. */
    private static boolean keepsCaptions(Job job, JobDraft draft) {
        JobSpec before = job.spec();
        JobSpec after = draft.spec();
        return !job.captions().isEmpty()
                && before.training().captions().equals(after.training().captions())
                && before.placeholderToken().equals(after.placeholderToken())
                && job.classWord().equals(draft.classWord())
                && before.textualInversion().classWordInPrompt()
                        == after.textualInversion().classWordInPrompt();
    }
}
