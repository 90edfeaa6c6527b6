package dev.likeness.app.job;

import dev.likeness.app.adapter.Adapters;
import dev.likeness.app.memory.JobMemory;
import dev.likeness.app.task.Lease;
import dev.likeness.diffusion.plan.SamplingLoad;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Describes jobs to the workers that lease them. */
@Component
class LeasedJobs {

    private final JobRepository jobs;
    private final JobCheckpoints checkpoints;
    private final Adapters adapters;

    LeasedJobs(JobRepository jobs, JobCheckpoints checkpoints, Adapters adapters) {
        this.jobs = jobs;
        this.checkpoints = checkpoints;
        this.adapters = adapters;
    }

    /** The job with its current attempt. */
    LeasedJob of(Job job) {
        JobMemory planned = job.memory();
        Job base = base(job);
        return new LeasedJob(
                new Lease(job.id(), job.attempt()),
                job.subjectId(),
                job.classWord(),
                job.spec(),
                job.captions(),
                planned == null ? SamplingLoad.LARGEST_BATCH : planned.imagesAtOnce(),
                new LeasedJob.Start(
                        base == null ? null : base.spec().placeholderToken(),
                        base == null ? null : base.method(),
                        checkpoints.baseWeights(job),
                        uploaded(job)),
                job.chosen());
    }

    private @Nullable String uploaded(Job job) {
        UUID id = job.spec().textualInversion().adapterId();
        return id == null ? null : adapters.file(id).orElseThrow();
    }

    private @Nullable Job base(Job job) {
        UUID base = job.baseJobId();
        return base == null ? null : jobs.findById(base).orElseThrow();
    }
}
