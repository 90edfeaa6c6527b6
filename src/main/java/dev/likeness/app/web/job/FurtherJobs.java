package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobContinuation;
import dev.likeness.app.job.JobCopies;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.webhook.JobWebhooks;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/** Submits jobs that begin with another job, each with its webhook in one transaction. */
@Component
class FurtherJobs {

    private final JobContinuation continuation;
    private final JobCopies copies;
    private final JobWebhooks webhooks;
    private final TransactionTemplate transaction;

    FurtherJobs(
            JobContinuation continuation,
            JobCopies copies,
            JobWebhooks webhooks,
            PlatformTransactionManager transactions) {
        this.continuation = continuation;
        this.copies = copies;
        this.webhooks = webhooks;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Submits a job that continues another one.
     *
     * @param request {@link ContinueRequest}
     */
    Job continueJob(UUID id, ObjectNode request) {
        continuation.check(id);
        ContinueRequest read = ContinueRequest.read(request);
        return submit(read.webhook(), () -> continuation.submit(id, read.steps()));
    }

    /**
     * Submits a copy of a job.
     *
     * @param request {@link CopyRequest}
     */
    Job copy(UUID id, ObjectNode request) {
        copies.check(id);
        CopyRequest read = CopyRequest.read(request);
        JobDraft draft = copies.draft(id, read.classWord(), read.spec());
        return submit(read.webhook(), () -> copies.submit(id, draft));
    }

    /** The check resolves a host name, so it happens before any row is locked. */
    private Job submit(@Nullable String webhook, Supplier<Job> submission) {
        if (webhook == null) {
            return inTransaction(submission);
        }
        webhooks.check(webhook);
        return inTransaction(() -> {
            Job job = submission.get();
            webhooks.attach(job.id(), webhook);
            return job;
        });
    }

    private Job inTransaction(Supplier<Job> submission) {
        return Objects.requireNonNull(transaction.execute(status -> submission.get()));
    }
}
