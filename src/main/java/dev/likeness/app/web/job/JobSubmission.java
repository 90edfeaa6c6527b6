package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.webhook.JobWebhooks;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes a job in whole or not at all. */
@Component
class JobSubmission {

    private final Jobs jobs;
    private final Subjects subjects;
    private final JobWebhooks webhooks;
    private final TransactionTemplate transaction;

    JobSubmission(Jobs jobs, Subjects subjects, JobWebhooks webhooks, PlatformTransactionManager transactions) {
        this.jobs = jobs;
        this.subjects = subjects;
        this.webhooks = webhooks;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The spec is checked first: that costs little. Pictures cost seconds, so no transaction waits for them. */
    Job submit(JobForm form) {
        JobDraft draft = jobs.draft(form.classWord(), form.spec());
        draft.captions(form.uploads().size(), List.of());
        check(form.webhook());
        return subjects.check(
                draft.classWord(),
                form.uploads(),
                pictures -> submit(
                        () -> jobs.submit(
                                subjects.keep(draft.classWord(), pictures).id(), draft),
                        form.webhook()));
    }

    /** @throws InvalidSpecException if there is no such subject, too: it is a field of the request */
    Job submit(JobRequest request) {
        try {
            Subject subject = subjects.get(request.subjectId());
            String classWord = Objects.requireNonNullElse(request.classWord(), subject.classWord());
            JobDraft draft = jobs.draft(classWord, request.spec());
            check(request.webhook());
            return submit(() -> jobs.submit(subject.id(), draft), request.webhook());
        } catch (UnknownSubjectException e) {
            throw new InvalidSpecException(List.of(
                    new Violation(List.of("subject_id"), "there is no subject %s".formatted(e.id()), "unknown")));
        }
    }

    /** Resolves a name, so it is done before anything is locked. */
    private void check(@Nullable String webhook) {
        if (webhook != null) {
            webhooks.check(webhook);
        }
    }

    private Job submit(Supplier<Job> submission, @Nullable String webhook) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Job job = submission.get();
            if (webhook != null) {
                webhooks.attach(job.id(), webhook);
            }
            return job;
        }));
    }
}
