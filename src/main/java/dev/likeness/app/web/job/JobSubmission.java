package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.JobIntake;
import dev.likeness.app.refusal.Violation;
import dev.likeness.app.spec.InvalidSpecException;
import dev.likeness.app.subject.Caption;
import dev.likeness.app.subject.Subject;
import dev.likeness.app.subject.Subjects;
import dev.likeness.app.subject.UnknownSubjectException;
import dev.likeness.app.upload.AdmittedPictures;
import dev.likeness.app.webhook.JobWebhooks;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits a job with its subject and its webhook, in one transaction. */
@Component
class JobSubmission {

    private final JobIntake intake;
    private final Subjects subjects;
    private final JobWebhooks webhooks;
    private final TransactionTemplate transaction;

    JobSubmission(JobIntake intake, Subjects subjects, JobWebhooks webhooks, PlatformTransactionManager transactions) {
        this.intake = intake;
        this.subjects = subjects;
        this.webhooks = webhooks;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Checks the spec first, which is fast. Decoding pictures takes seconds, so it happens outside of the transaction. */
    Job submit(JobForm form) {
        JobDraft draft = intake.draft(form.classWord(), form.spec());
        List<Caption> captions = draft.captions(form.uploads().size(), List.of());
        check(form.webhook());
        try (AdmittedPictures admitted = subjects.admit(draft.classWord(), form.uploads())) {
            return inTransaction(() -> {
                Subject subject = subjects.keep(draft.classWord(), admitted.pictures());
                return attach(form.webhook(), intake.submit(subject, draft, captions));
            });
        }
    }

    /** @throws InvalidSpecException also if the subject does not exist: its id is a field of the request */
    Job submit(JobRequest request) {
        try {
            Subject subject = subjects.get(request.subjectId());
            String classWord = Objects.requireNonNullElse(request.classWord(), subject.classWord());
            JobDraft draft = intake.draft(classWord, request.spec());
            check(request.webhook());
            return inTransaction(() -> attach(request.webhook(), intake.submit(subject.id(), draft)));
        } catch (UnknownSubjectException e) {
            throw unknown(e);
        }
    }

    /**
     * Refuses what a submission refuses, and stores nothing.
     *
     * @throws InvalidSpecException also if the subject does not exist: its id is a field of the request
     */
    JobDraft plan(PlanRequest request) {
        try {
            Subject subject = request.subjectId() == null ? null : subjects.get(request.subjectId());
            String classWord =
                    request.classWord() == null && subject != null ? subject.classWord() : request.classWord();
            JobDraft draft = intake.draft(classWord, request.spec());
            check(request.webhook());
            intake.check(subject, draft);
            return draft;
        } catch (UnknownSubjectException e) {
            throw unknown(e);
        }
    }

    private static InvalidSpecException unknown(UnknownSubjectException e) {
        return new InvalidSpecException(
                List.of(new Violation(List.of("subject_id"), "there is no subject %s".formatted(e.id()), "unknown")));
    }

    /** Resolves a host name, so it happens before any row is locked. */
    private void check(@Nullable String webhook) {
        if (webhook != null) {
            webhooks.check(webhook);
        }
    }

    private Job attach(@Nullable String webhook, Job job) {
        if (webhook != null) {
            webhooks.attach(job.id(), webhook);
        }
        return job;
    }

    private Job inTransaction(Supplier<Job> submission) {
        return Objects.requireNonNull(transaction.execute(status -> submission.get()));
    }
}
