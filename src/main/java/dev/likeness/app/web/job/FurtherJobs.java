package dev.likeness.app.web.job;

import dev.likeness.app.job.Job;
import dev.likeness.app.job.JobContinuation;
import dev.likeness.app.job.JobCopies;
import dev.likeness.app.job.JobDraft;
import dev.likeness.app.job.Jobs;
import dev.likeness.app.web.task.TaskOptions;
import dev.likeness.app.web.task.TaskRequests;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Submits jobs that begin with another job. */
@Component
class FurtherJobs {

    private final JobContinuation continuation;
    private final JobCopies copies;
    private final Jobs jobs;
    private final TaskRequests requests;

    FurtherJobs(JobContinuation continuation, JobCopies copies, Jobs jobs, TaskRequests requests) {
        this.continuation = continuation;
        this.copies = copies;
        this.jobs = jobs;
        this.requests = requests;
    }

    /**
     * Submits a job that continues another one.
     *
     * @param request {@link ContinueRequest}
     */
    Job continueJob(UUID id, ObjectNode request) {
        continuation.check(id);
        ContinueRequest read = ContinueRequest.read(request);
        return submit(id, read.options(), () -> continuation.submit(id, read.steps()));
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
        return submit(id, read.options(), () -> copies.submit(id, draft));
    }

    /** With the labels of the other job, unless the request has some. */
    private Job submit(UUID id, TaskOptions options, Supplier<Job> submission) {
        requests.check(options);
        return requests.submit(options.withLabels(jobs.get(id).labels()), submission);
    }
}
