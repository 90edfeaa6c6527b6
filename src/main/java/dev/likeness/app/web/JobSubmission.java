package dev.likeness.app.web;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.subject.CheckedPicture;
import dev.likeness.app.subject.Subjects;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes a form in whole or not at all. */
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
        List<CheckedPicture> pictures = subjects.check(form.uploads());
        return Objects.requireNonNull(transaction.execute(
                status -> jobs.submit(subjects.keep(pictures).id(), draft)));
    }
}
