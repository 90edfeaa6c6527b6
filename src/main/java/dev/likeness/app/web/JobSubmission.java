package dev.likeness.app.web;

import dev.likeness.app.job.InvalidSpecException;
import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.job.Violation;
import dev.likeness.app.subject.CheckedPicture;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes a job in whole or not at all. */
@Component
class JobSubmission {

    private final Jobs jobs;
    private final Subjects subjects;
    private final TransactionTemplate transaction;

    JobSubmission(Jobs jobs, Subjects subjects, PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.subjects = subjects;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The spec is checked first: that costs little. Pictures cost seconds, so no transaction waits for them. */
    Job submit(JobForm form) {
        JobDraft draft = jobs.draft(form.classWord(), form.spec());
        draft.captions(form.uploads().size(), List.of());
        List<CheckedPicture> pictures = subjects.check(form.uploads());
        return Objects.requireNonNull(transaction.execute(
                status -> jobs.submit(subjects.keep(draft.classWord(), pictures).id(), draft)));
    }

    /** @throws InvalidSpecException if there is no such subject, too: it is a field of the request */
    Job submit(JobRequest request) {
        try {
            Subject subject = subjects.get(request.subjectId());
            String classWord = Objects.requireNonNullElse(request.classWord(), subject.classWord());
            return jobs.submit(subject.id(), jobs.draft(classWord, request.spec()));
        } catch (UnknownSubjectException e) {
            throw new InvalidSpecException(List.of(
                    new Violation(List.of("subject_id"), "there is no subject %s".formatted(e.id()), "unknown")));
        }
    }
}
